"""One comment of a pull or merge request, posted once and then updated, against a site on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from cardkit_ci.comment import main

MARK = "<!-- cardkit diff: catalog -->"
Comments = list[dict[str, Any]]


class FakeSite(BaseHTTPRequestHandler):
    """Keeps comments in memory, as both sites do; refuses to change what somebody else wrote."""

    comments: Comments
    seen: list[tuple[str, str]]
    secret: str

    def do_GET(self) -> None:
        page = int(self.path.rpartition("page=")[2])
        self.answer(200, self.comments[(page - 1) * 100 : page * 100])

    def do_POST(self) -> None:
        made = {"id": len(self.comments) + 1, "body": self.body(), "ours": True}
        self.comments.append(made)
        self.answer(201, made)

    def do_PATCH(self) -> None:
        name = int(self.path.rpartition("/")[2])
        found = next(each for each in self.comments if each["id"] == name)
        if not found.get("ours"):
            self.answer(403, {"message": "no"})
            return
        found["body"] = self.body()
        self.answer(200, found)

    do_PUT = do_PATCH  # noqa: N815 - the base class looks the method up by this name

    def body(self) -> str:
        read = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return str(read["body"])

    def answer(self, code: int, data: Any) -> None:
        self.seen.append((self.command, self.path))
        token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN")
        code = code if token in (f"Bearer {self.secret}", self.secret) else 401
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *_arguments: Any) -> None:
        """Nothing is logged."""


class Bank:
    """A site with comments, and the environment of a job that knows it."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.comments: Comments = []
        self.seen: list[tuple[str, str]] = []
        values = {"comments": self.comments, "seen": self.seen, "secret": "s3cret"}
        self.server = HTTPServer(("127.0.0.1", 0), type("Handler", (FakeSite,), values))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.kind = kind
        self.file = folder / "comment.md"
        url = f"http://127.0.0.1:{self.server.server_port}"
        event = folder / "event.json"
        event.write_text('{"pull_request": {"number": 7}}', encoding="utf-8")
        self.environment = {
            "GITHUB_TOKEN": "s3cret",
            "GITHUB_REPOSITORY": "bank/cards",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_API_URL": url,
            "CARDKIT_GITLAB_TOKEN": "s3cret",
            "CI_API_V4_URL": url,
            "CI_PROJECT_ID": "12",
            "CI_MERGE_REQUEST_IID": "7",
            "CATALOG": "catalog",
        }

    def says(self, text: str) -> int:
        self.file.write_text(text, encoding="utf-8")
        return main([self.kind, str(self.file)], self.environment)


@pytest.fixture(params=["github", "gitlab"])
def bank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bank]:
    made = Bank(request.param, tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_first_run_posts_and_every_later_one_updates_the_same_comment(bank: Bank) -> None:
    assert [bank.says("one"), bank.says("two"), bank.says("three")] == [0, 0, 0]
    assert [each["body"] for each in bank.comments] == [f"{MARK}\nthree"]


def test_it_is_found_among_hundreds(bank: Bank) -> None:
    bank.comments += [{"id": number, "body": "talk"} for number in range(1, 251)]
    bank.says("one")
    bank.says("two")
    assert len(bank.comments) == 251


def test_a_comment_of_somebody_else_that_bears_the_mark_is_passed_over(bank: Bank) -> None:
    bank.comments.append({"id": 1, "body": f"{MARK}\nnot ours"})
    assert [bank.says("one"), bank.says("two")] == [0, 0]
    assert [each["body"] for each in bank.comments] == [f"{MARK}\nnot ours", f"{MARK}\ntwo"]


def test_two_catalogs_of_one_repository_have_a_comment_each(bank: Bank) -> None:
    bank.says("one")
    bank.environment["CATALOG"] = "other"
    bank.says("two")
    assert len(bank.comments) == 2


def test_a_token_that_may_not_write_is_one_line_without_the_token(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.environment |= {"GITHUB_TOKEN": "wr0ng", "CARDKIT_GITLAB_TOKEN": "wr0ng"}
    assert bank.says("one") == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "401" in told
    assert "wr0ng" not in told


@pytest.mark.parametrize(
    "name", ["GITHUB_TOKEN", "GITHUB_EVENT_PATH", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"]
)
def test_what_isn_t_set_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    made = Bank("github" if name.startswith("GITHUB") else "gitlab", tmp_path)
    del made.environment[name]
    assert made.says("one") == 1
    assert f"{name} isn't set" in capsys.readouterr().err
    assert made.seen == []
    made.server.shutdown()
    made.server.server_close()


def test_nothing_to_say_never_replaces_a_comment(bank: Bank) -> None:
    bank.says("one")
    assert bank.says("  \n") == 1
    assert bank.comments[0]["body"].endswith("one")
