"""Keeps one comment of a pull or merge request up to date: `python -m cardkit_ci.comment github|gitlab FILE`.

Everything it needs comes from the variables that runners set. GitHub: GITHUB_TOKEN, GITHUB_REPOSITORY,
GITHUB_EVENT_PATH, GITHUB_API_URL. GitLab: CARDKIT_GITLAB_TOKEN (a project access token with scope `api`),
CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID. CATALOG names the catalog, where a repository has several.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

TIMEOUT_SECONDS = 30
MOST_PAGES = 50
MOST_CHARACTERS = 64_000
"""What both sites accept, with room for the mark."""
PER_PAGE = 100
FORBIDDEN, NOT_FOUND = 403, 404


class Refused(Exception):
    """What the request could not do, in one line for the job's log; never holds a token."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the comments of one request are, and how its program is spoken to."""

    comments: str
    """URL of the list: GET gives a page, POST adds one."""
    one: str
    """URL of one comment, with `{id}`."""
    update: str
    """The method that changes one."""
    headers: Mapping[str, str]


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry the token to wherever it leads."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        """Nothing is followed."""


def github(environment: Mapping[str, str]) -> Site:
    """The pull request that a GitHub workflow runs for. Raises Refused where it runs for none."""
    event = json.loads(Path(_needed(environment, "GITHUB_EVENT_PATH")).read_text(encoding="utf-8"))
    number = event.get("pull_request", {}).get("number")
    if not isinstance(number, int):
        raise Refused("this workflow doesn't run for a pull request: nothing to comment on")
    api = environment.get("GITHUB_API_URL") or "https://api.github.com"
    repository = quote(_needed(environment, "GITHUB_REPOSITORY"))
    headers = {
        "Authorization": f"Bearer {_needed(environment, 'GITHUB_TOKEN')}",
        "Accept": "application/vnd.github+json",
    }
    issues = f"{api}/repos/{repository}/issues"
    return Site(f"{issues}/{number}/comments", f"{issues}/comments/{{id}}", "PATCH", headers)


def gitlab(environment: Mapping[str, str]) -> Site:
    """The merge request that a GitLab pipeline runs for. Raises Refused where it runs for none."""
    project = quote(_needed(environment, "CI_PROJECT_ID"), safe="")
    request = quote(_needed(environment, "CI_MERGE_REQUEST_IID"), safe="")
    notes = f"{_needed(environment, 'CI_API_V4_URL')}/projects/{project}/merge_requests/{request}/notes"
    headers = {"PRIVATE-TOKEN": _needed(environment, "CARDKIT_GITLAB_TOKEN")}
    return Site(notes, f"{notes}/{{id}}", "PUT", headers)


SITES = {"github": github, "gitlab": gitlab}


def publish(site: Site, mark: str, text: str) -> str:
    """Change the comment that begins with the mark, or add one; says which. Raises Refused.

    A comment that bears the mark but was written by somebody else can't be changed, and is passed over.
    """
    if not text.strip():
        raise Refused("there is nothing to say: the file is empty")
    body = f"{mark}\n{text}"[:MOST_CHARACTERS]
    for each in _ours(site, mark):
        try:
            _send(site, site.update, site.one.format(id=each), {"body": body})
        except _Denied:
            continue
        return "updated"
    _send(site, "POST", site.comments, {"body": body})
    return "posted"


def _ours(site: Site, mark: str) -> Iterator[int]:
    for page in range(1, MOST_PAGES + 1):
        found = _send(site, "GET", f"{site.comments}?per_page={PER_PAGE}&page={page}", None)
        if not isinstance(found, list):
            raise Refused("the list of comments isn't one")
        for each in found:
            if isinstance(each, dict) and str(each.get("body", "")).startswith(mark):
                yield int(each["id"])
        if len(found) < PER_PAGE:
            return


class _Denied(Refused):
    """Not ours to change."""


def _send(site: Site, method: str, url: str, data: Any) -> Any:
    """One request; its answer as data. Raises Refused."""
    if urlsplit(url).scheme not in ("https", "http"):
        raise Refused("the site's address is neither https nor http")
    body = None if data is None else json.dumps(data).encode()
    headers = {**site.headers, "Content-Type": "application/json", "User-Agent": "cardkit"}
    request = Request(url, body, headers, method=method)  # noqa: S310 - its scheme was looked at
    opener: OpenerDirector = build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.loads(answer.read() or b"null")
    except HTTPError as error:
        kind = _Denied if error.code in (FORBIDDEN, NOT_FOUND) else Refused
        raise kind(f"{method} was answered with {error.code}: may the token write comments?") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise Refused(f"{method} failed: {type(error).__name__}") from error


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise Refused(f"{name} isn't set")
    return value


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Publish a file's text; 1 where that could not be done, 2 for arguments that can't be meant."""
    if len(arguments) != 2 or arguments[0] not in SITES:
        sys.stderr.write("usage: python -m cardkit_ci.comment github|gitlab FILE\n")
        return 2
    mark = f"<!-- cardkit diff: {environment.get('CATALOG') or 'catalog'} -->"
    try:
        text = Path(arguments[1]).read_text(encoding="utf-8")
        done = publish(SITES[arguments[0]](environment), mark, text)
    except (Refused, OSError, ValueError) as problem:
        sys.stderr.write(f"cardkit: the comment was not written: {problem}\n")
        return 1
    sys.stderr.write(f"cardkit: {done} the comment\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
