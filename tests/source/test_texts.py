import os
import pathlib
import socket

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.source import texts
from cardkit.source.texts import read_folder, shown_name


def codes_of(root: pathlib.Path) -> list[tuple[str, str]]:
    return [(found.site.file, found.code.name) for found in read_folder(root)[1]]


@pytest.fixture
def catalog(tmp_path: pathlib.Path) -> pathlib.Path:
    root = tmp_path / "catalog"
    (root / "cards").mkdir(parents=True)
    (root / "catalog.yaml").write_bytes(b"id: a\n")
    (root / "cards" / "gold.yaml").write_bytes(b"id: gold\n")
    return root


def test_files_are_read_by_relative_path_in_order_and_the_rest_is_passed_over(catalog: pathlib.Path) -> None:
    (catalog / "cards" / "empty.yaml").write_bytes(b"")
    (catalog / "README.md").write_text("no catalog file")
    (catalog / ".hidden.yaml").write_text("x: 1")
    (catalog / ".git").mkdir()
    (catalog / ".git" / "x.yaml").write_text("x: 1")
    found, findings = read_folder(catalog)
    assert list(found.items()) == [
        ("cards/empty.yaml", b""),
        ("cards/gold.yaml", b"id: gold\n"),
        ("catalog.yaml", b"id: a\n"),
    ]
    assert findings == []


def test_links_pipes_and_sockets_are_refused_and_never_opened(catalog: pathlib.Path) -> None:
    secret = catalog.parent / "secret.yaml"
    secret.write_text("password: x")
    (catalog / "link.yaml").symlink_to(secret)
    (catalog / "loop").symlink_to(catalog)
    (catalog / "cards" / "dangling.yaml").symlink_to("nowhere")
    os.mkfifo(catalog / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(catalog / "socket.yaml"))
        found, _ = read_folder(catalog)
        assert codes_of(catalog) == [
            ("cards/dangling.yaml", "symbolic-link"),
            ("link.yaml", "symbolic-link"),
            ("loop", "symbolic-link"),
            ("pipe.yaml", "not-a-file"),
            ("socket.yaml", "not-a-file"),
        ]
    assert list(found) == ["cards/gold.yaml", "catalog.yaml"]


@pytest.mark.parametrize("name", ["gold.yml", "gold.YAML", "gold.yaml.txt"])
def test_a_file_with_another_suffix_is_not_silently_ignored(catalog: pathlib.Path, name: str) -> None:
    (catalog / "cards" / name).write_text("id: gold")
    assert codes_of(catalog) == [(f"cards/{name}", "file-suffix")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.yaml", "a<U+000A>b.yaml"),
        (b"\x1b[2J.yaml", "<U+001B>[2J.yaml"),
        (b"a\xff.yaml", "a<0xFF>.yaml"),
        ("\u202e.yaml".encode(), "<U+202E>.yaml"),
    ],
)
def test_an_unsafe_name_is_shown_escaped_and_not_read(catalog: pathlib.Path, name: bytes, shown: str) -> None:
    pathlib.Path(os.fsdecode(os.fsencode(catalog / "cards") + b"/" + name)).write_text("id: gold")
    assert codes_of(catalog) == [(f"cards/{shown}", "unsafe-file-name")]
    assert shown_name(os.fsdecode(name)) == shown


def test_bounds_are_findings_and_keep_what_was_read_before(
    catalog: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (catalog / "cards" / "large.yaml").write_bytes(b"#" * 1_000_001)
    (catalog / "cards" / "full.yaml").write_bytes(b"#" * 1_000_000)
    deep = catalog.joinpath(*"abcdefgh")
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("x: 1")
    assert codes_of(catalog) == [
        ("a/b/c/d/e/f/g/h", "folders-too-deep"),
        ("cards/large.yaml", "file-too-large"),
    ]
    monkeypatch.setattr(texts, "MOST_TOTAL_BYTES", 1_000_005)
    assert ("cards/gold.yaml", "catalog-too-large") in codes_of(catalog)
    monkeypatch.setattr(texts, "MOST_FILES", 1)
    assert ("cards/gold.yaml", "too-many-files") in codes_of(catalog)
    assert list(read_folder(catalog)[0]) == ["cards/full.yaml"]


def test_what_the_system_refuses_to_open_is_a_finding(
    catalog: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str, flags: int, **options: int) -> int:
        if path == "gold.yaml":
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags, **options)

    monkeypatch.setattr(os, "open", refuse)
    assert codes_of(catalog) == [("cards/gold.yaml", "unreadable-file")]


def test_a_folder_that_is_none_says_which_option_names_it(catalog: pathlib.Path) -> None:
    for root in (catalog / "nothing", catalog / "catalog.yaml", catalog / "a\0b"):
        with pytest.raises(CardkitError) as caught:
            read_folder(root)
        assert caught.value.hint is not None
        assert "--catalog DIR" in caught.value.hint.en
        assert caught.value.message.en.isprintable()
