"""A new file of a kind: what it is filled with, whether the catalog stays sound, and where it goes."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from cardkit.cli.asking import Asking
from cardkit.cli.draft_known import known_to
from cardkit.cli.draft_options import Given, put, tagged
from cardkit.cli.new_findings import NewFindings, new_findings
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Path, Severity
from cardkit.ground.safe import one_line
from cardkit.ground.shape.base import items_of
from cardkit.ground.shape.leaf import Identifier, is_identifier
from cardkit.ground.text import LANGUAGES, Text, same
from cardkit.model.entity import Entity
from cardkit.model.expression import nearest
from cardkit.model.kinds import Kind
from cardkit.source.drafts.fill import MOST_ROUNDS, Filler
from cardkit.source.drafts.question import Question
from cardkit.source.drafts.write_out import Writing
from cardkit.source.editor import SCHEMAS, modeline
from cardkit.source.formatting.formatting import format_file
from cardkit.source.load import load
from cardkit.source.rewrite import create

FACTS = ("partner", "product", "law")
"""Kinds that nobody is sold: their files count at once, all others begin as drafts."""


class Draft:
    """A new file in the making."""

    def __init__(self, session: Session, kind: Kind, given: Given, asking: Asking) -> None:
        self.session = session
        self.kind = kind
        self.given = given
        self.asking = asking
        self.catalog = load(session.folder)
        self.filler: Filler | None = None

    def write(self) -> int:
        """Fill it, see whether the catalog stays sound, write it. Exit code 1 where it would not."""
        name = self.chosen_id()
        data = self.copied(name) if self.given.like is not None else self.filled(name)
        for path, value in self.given.fields.items():
            put(data, path, value)
        file = f"{self.kind.folder}/{name}.yaml"
        text, findings = self.sound(data, file)
        console = self.session.console
        if any(finding.code.severity is Severity.ERROR for finding in findings.found):
            console.message(same(findings.report()))
            if not self.asking.anyway(self.given.force):
                console.message(
                    Text(
                        f"没有写 {file}：它会带来上面的错误。用 --field 改值，或加 --force 照写",
                        f"{file} was not written: it would bring the errors above. "
                        "Mend it with --field, or add --force to write it all the same",
                    )
                )
                return 1
            findings = replace(findings, found=())
        create(self.session.folder / file, text)
        if any(finding.code.severity is Severity.WARNING for finding in findings.found):
            console.message(same(findings.report()))
        self.tell(self.session.folder / file, data)
        return 0

    def sound(self, data: dict[str, Any], file: str) -> tuple[str, NewFindings]:
        """The text of the data, mended by the advice that its own findings give, and what is left of them."""
        text = self.text(data, file)
        findings = new_findings(self.session, file, text)
        for _ in range(MOST_ROUNDS):
            if not any(self.mended(data, finding, file) for finding in findings.found):
                break
            text = self.text(data, file)
            findings = new_findings(self.session, file, text)
        return text, findings

    def mended(self, data: dict[str, Any], finding: Finding, file: str) -> bool:
        """Whether the advice of an error in the new file could be followed. What was said stays as it was."""
        is_own = finding.site.file == file and finding.code.severity is Severity.ERROR
        if not is_own or finding.hint is None or self.filler is None:
            return False
        return self.filler.mend(self.kind.shape, data, finding.site.path, finding.hint.en)

    def chosen_id(self) -> str:
        """The id, asked for where it wasn't given. Raises CardkitError where it can't be used."""
        name = self.given.id
        if name is None:
            if not self.asking.asks:
                raise CardkitError(
                    Text("没有写 id", "No id was given"),
                    Text(
                        f"如 cardkit new {self.kind.word} my-id",
                        f"such as: cardkit new {self.kind.word} my-id",
                    ),
                )
            said = items_of(Entity)["id"]
            name = str(self.asking.answer(Question(("id",), said, Identifier(), None)))
        shown = one_line(name)
        if not is_identifier(name):
            raise CardkitError(
                Text(f"{shown} 不能用作 id", f"{shown} can't be used as an id"),
                Text(
                    "用小写字母、数字和连字符，如 pet-care",
                    "write lower-case letters, digits and hyphens: pet-care",
                ),
            )
        if name in self.catalog.source_of:
            where = self.catalog.source_of[name].file
            raise CardkitError(
                Text(f"{shown} 已经有了：{where}", f"There is a {shown} already: {where}"),
                Text("换一个 id，或直接编辑那个文件", "choose another id, or edit that file"),
            )
        return name

    def filled(self, name: str) -> dict[str, Any]:
        """What the shape asks for, from the command line, from answers and from proposals."""
        named = self.named(name)
        known = known_to(self.catalog, self.kind, self.session, named)
        words = {path: word for path, word in self.given.words.items() if word is not None}
        given: dict[Path, Any] = {**words, ("kind",): self.kind.word, ("id",): name, ("owner",): self.owner()}
        if self.kind.word not in FACTS:
            given[("status",)] = "draft"
        given |= {path: value for path, value in self.given.fields.items() if len(path) == 1}
        given[("name",)] = named
        self._refuse_words(words)
        if known.others and "core" in known.others[0]:  # every card has the same core, whatever else it has
            given.setdefault(("core",), deepcopy(known.others[0]["core"]))
        self.filler = Filler(known, self.asking.answer, given)
        made = self.filler.fill(self.kind.shape, None, ())
        assert isinstance(made, dict)
        return made

    def copied(self, name: str) -> dict[str, Any]:
        """The data of another entity under a new id and name, as a draft."""
        like = self.given.like or ""
        source = self.catalog.source_of.get(like)
        if source is None or source.kind != self.kind.word:
            of_kind = [each.id for each in self.catalog.sources if each.id and each.kind == self.kind.word]
            shown = one_line(like)
            close = nearest(like, of_kind) or of_kind[:5]
            raise CardkitError(
                Text(f"没有 {shown} 这样的{self.kind.name.zh}", f"There is no {self.kind.name.en} {shown}"),
                Text(f"有：{'、'.join(close)}", f"there are: {', '.join(close)}") if close else None,
            )
        data = deepcopy(dict(source.data))
        data |= {"id": name, "name": self.named(name)}
        if self.kind.word not in FACTS:
            data["status"] = "draft"
        return data

    def named(self, name: str) -> dict[str, str]:
        """The name in both languages. Raises CardkitError where it wasn't given and nobody can be asked."""
        if ("name",) in self.given.fields:
            return dict(self.given.fields[("name",)])
        if len(self.given.name) == len(LANGUAGES):
            return dict(self.given.name)
        if not self.asking.asks:
            raise CardkitError(
                Text("没有写两种语言的名称", "The name is needed in both languages"),
                Text("加上 --name-zh … --name-en …", "add --name-zh … --name-en …"),
            )
        proposed = {"en": name.replace("-", " ").capitalize()} | dict(self.given.name)
        said = items_of(Entity)["name"]
        return dict(self.asking.answer(Question(("name",), said, said.shape, proposed)))

    def owner(self) -> str:
        """Who answers for it: who was named, else the catalog's own."""
        settings = self.catalog.known_settings
        return self.given.owner or ("card-team" if settings is None else settings.owner)

    def text(self, data: dict[str, Any], file: str) -> str:
        """The file's text in canonical form."""
        unanswered = frozenset() if self.given.like is not None else frozenset(self.asking.unanswered)
        has_schemas = (self.session.folder / SCHEMAS).is_dir()
        written = Writing(self.session.console.language, unanswered).text(self.kind.shape, data)
        text = (modeline(file) if has_schemas else "") + written
        return format_file(file, text.encode()).text or text

    def tell(self, path: Any, data: Mapping[str, Any]) -> None:
        """What was written, and what to do next."""
        said = Text(f"已写 {path}", f"wrote {path}")
        if data.get("status") == "draft":
            said += Text(
                "。状态是 draft：核对数字后改成 live",
                ". It is a draft: look at its figures, then make it live",
            )
        self.session.console.message(said)

    def _refuse_words(self, words: Mapping[Path, str]) -> None:
        """Raise CardkitError for a mechanic or rule that doesn't exist, or where the kind has none."""
        for path, word in words.items():
            shape = tagged(self.kind, path)
            option = f"--{path[-1]}"
            if shape is None:
                raise CardkitError(
                    Text(f"{self.kind.name.zh}没有 {option}", f"A {self.kind.name.en} has no {option}"),
                    Text("去掉它", "leave it out"),
                )
            if word not in shape.records:
                listed = ", ".join(nearest(word, shape.records) or shape.records)
                raise CardkitError(
                    Text(f"{option} 没有 {one_line(word)}", f"{option} has no {one_line(word)}"),
                    Text(f"可写：{listed}", f"write one of: {listed}"),
                )
