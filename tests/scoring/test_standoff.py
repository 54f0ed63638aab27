import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli.gold import app
from eval.gold import GoldError, open_gold
from eval.gold.standoff import (
    Copy,
    attach,
    detach,
    file_name_of,
    index_of,
    read_copies,
    read_detached,
)
from eval.lint import lint_gold
from extractor.article import sha256_of

FIXTURES = Path(__file__).parent / "gold"
TOLD = sorted(open_gold(FIXTURES).labelled.items())


def run(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(one) for one in words])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def standoff(tmp_path: Path) -> Path:
    """The fixtures without their texts."""
    assert run("detach", FIXTURES, "--out", tmp_path / "labels")[0] == 0
    return tmp_path / "labels"


def test_labels_without_texts_hold_no_sentence_of_them(standoff: Path) -> None:
    for name, labelled in TOLD:
        told = (standoff / "standoff" / f"{name}.json").read_text("utf-8")
        quotes = [one for incident in labelled.gold.incidents for one in incident.evidence]
        assert not any(json.dumps(one.text, ensure_ascii=False) in told for one in quotes)
        assert '"start"' in told or not labelled.gold.incidents


def test_attached_to_the_same_texts_they_are_the_set_again(standoff: Path, tmp_path: Path) -> None:
    code, told, _ = run("attach", standoff, FIXTURES / "articles", "--out", tmp_path / "again")
    assert (code, told) == (0, f"{tmp_path / 'again'}: 14 labels attached, 0 refused\n")
    for path in sorted((tmp_path / "again").rglob("*.*")):
        original = FIXTURES / path.relative_to(tmp_path / "again")
        assert path.read_bytes() == original.read_bytes()
    assert lint_gold(tmp_path / "again") == ()


def test_a_text_with_another_hash_is_refused_and_the_others_are_kept(
    standoff: Path, tmp_path: Path
) -> None:
    shutil.copytree(FIXTURES / "articles", tmp_path / "copies")
    (tmp_path / "copies" / "diffa-nuit.json").unlink()
    changed = tmp_path / "copies" / "two-towns.json"
    changed.write_text(changed.read_text("utf-8").replace("14 people", "15 people"), "utf-8")

    code, told, refused = run("attach", standoff, tmp_path / "copies", "--out", tmp_path / "part")
    assert code == 1
    assert "12 labels attached, 2 refused" in told
    assert "two-towns: two-towns.json is another text than was labelled (592 characters" in refused
    assert "diffa-nuit: no copy of it is there; fetch it" in refused
    assert not (tmp_path / "part" / "records" / "two-towns.json").exists()
    assert lint_gold(tmp_path / "part") == ()
    assert len(open_gold(tmp_path / "part").of_split("gate").labelled) == 5


KEPT_AS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "with a last line end": lambda text: f"{text}\n",
    "with line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "with line ends of old Macs": lambda text: text.replace("\n", "\r"),
    "with a byte order mark": lambda text: f"\ufeff{text}",
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("kept_as", KEPT_AS.values(), ids=KEPT_AS)
def test_the_same_text_is_known_however_its_file_was_kept(
    kept_as: Callable[[str], str], tmp_path: Path
) -> None:
    labelled = dict(TOLD)["diffa-nuit"]
    (tmp_path / "anything.txt").write_bytes(kept_as(labelled.article.text).encode())
    joined = attach(detach(labelled), index_of(read_copies(tmp_path, [])))
    assert joined.gold == labelled.gold
    assert joined.article.text == labelled.article.text


@pytest.mark.parametrize("kept_as", KEPT_AS.values(), ids=KEPT_AS)
@pytest.mark.parametrize("labelled_as", KEPT_AS.values(), ids=KEPT_AS)
def test_a_text_is_known_however_it_was_kept_when_it_was_labelled(
    labelled_as: Callable[[str], str], kept_as: Callable[[str], str]
) -> None:
    labelled = dict(TOLD)["diffa-nuit"]
    text = labelled_as(labelled.article.text)
    hashed = sha256_of(text)
    whole = detach(labelled)
    label = {**whole.label, "text_sha256": hashed}
    respelled = whole.model_copy(update={"text_sha256": hashed, "label": label})
    copy = Copy(name="a.txt", text=kept_as(labelled.article.text), keys=frozenset())
    assert attach(respelled, index_of([copy])).article.text == text


def test_copies_are_hashed_once_however_many_labels_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = [detach(one) for _, one in TOLD]
    index = index_of([Copy(name="a.txt", text="Another text.", keys=frozenset())])

    def hashed_again(_: str | bytes) -> str:
        raise AssertionError("a copy was hashed again")

    monkeypatch.setattr("eval.gold.standoff.sha256_of", hashed_again)
    for one in labels:
        with pytest.raises(GoldError, match="no copy of it is there"):
            attach(one, index)


def test_texts_come_from_json_lines_too(standoff: Path, tmp_path: Path) -> None:
    rows = [{"url": "http://x", "text": one.article.text} for _, one in TOLD]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "copies.jsonl").write_text(lines, "utf-8")
    code, told, _ = run("attach", standoff, tmp_path / "copies.jsonl", "--out", tmp_path / "again")
    assert code == 0
    assert "14 labels attached" in told


def test_nothing_is_written_over(standoff: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "note.txt").write_text("mine", "utf-8")
    for words in (
        ("detach", FIXTURES, "--out", kept),
        ("attach", standoff, FIXTURES / "articles", "--out", kept),
    ):
        code, _, told = run(*words)
        assert code == 2
        assert "is there already" in told
    assert [one.name for one in kept.iterdir()] == ["note.txt"]


def test_what_is_no_standoff_set_and_what_is_no_text_are_told(
    standoff: Path, tmp_path: Path
) -> None:
    code, _, told = run("attach", FIXTURES, FIXTURES / "articles", "--out", tmp_path / "out")
    assert code == 2
    assert "is no standoff set" in told

    (tmp_path / "none").mkdir()
    with pytest.raises(GoldError, match="no text is in"):
        read_copies(tmp_path / "none", [])
    (tmp_path / "none" / "bad.json").write_text("{", "utf-8")
    with pytest.raises(GoldError, match=r"bad\.json: it cannot be read"):
        read_copies(tmp_path / "none", [])

    (standoff / "standoff" / "two-towns.json").write_text('{"article": {}}', "utf-8")
    with pytest.raises(GoldError, match=r"two-towns\.json: text_sha256"):
        read_detached(standoff)


def test_a_broken_label_is_refused(tmp_path: Path) -> None:
    labelled = dict(TOLD)["two-towns"]
    whole = detach(labelled)
    (tmp_path / "a.txt").write_text(labelled.article.text, "utf-8")
    label = json.loads(json.dumps(whole.label))
    label["incidents"][0]["evidence"][0]["field"] = "nowhere"
    broken = whole.model_copy(update={"label": label})
    with pytest.raises(GoldError, match="its label is broken"):
        attach(broken, index_of(read_copies(tmp_path, [])))


def test_an_id_that_leads_out_of_the_folder_is_refused(standoff: Path, tmp_path: Path) -> None:
    path = standoff / "standoff" / "two-towns.json"
    told = path.read_text("utf-8").replace('"id": "two-towns"', '"id": "../two-towns"', 1)
    path.write_text(told, "utf-8")
    code, _, refused = run("attach", standoff, FIXTURES / "articles", "--out", tmp_path / "out")
    assert code == 1
    assert "'../two-towns' is no name for a file" in refused
    assert not (tmp_path / "out" / "two-towns.json").exists()


@pytest.mark.parametrize(
    ("article_id", "told"),
    [
        ("../../../escaped", "is no name for a file"),
        ("a/b", "is no name for a file"),
        ("a\\b", "is no name for a file"),
        ("c:a", "is no name for a file"),
        ("..", "is no name for a file"),
        ("a\0b", "is no name for a file"),
        ("half \ud83d", "is no name for a file"),
        ("é" * 101, "at most 200 bytes"),
    ],
    ids=["way out", "folder", "backslash", "drive", "dots", "null", "half a pair", "long"],
)
def test_an_id_that_is_no_plain_file_name_names_no_file(article_id: str, told: str) -> None:
    with pytest.raises(GoldError, match=told):
        file_name_of(article_id)


@pytest.mark.parametrize("article_id", ["diffa-nuit", "two words", "نص", "v1.2", "é" * 100])
def test_any_plain_file_name_will_do_as_an_id(article_id: str) -> None:
    assert file_name_of(article_id) == f"{article_id}.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixtures, to change."""
    shutil.copytree(FIXTURES, tmp_path / "gold", ignore=shutil.ignore_patterns("labels"))
    return tmp_path / "gold"


@pytest.mark.parametrize("article_id", ["../../../escaped", "a/b", "x" * 201])
def test_detaching_writes_nothing_if_an_id_is_no_plain_file_name(
    folder: Path, tmp_path: Path, article_id: str
) -> None:
    for path in (folder / "articles" / "two-towns.json", folder / "records" / "two-towns.json"):
        whole = path.read_text("utf-8")
        path.write_text(whole.replace('id": "two-towns"', f'id": "{article_id}"', 1), "utf-8")
    splits = folder / "splits.toml"
    splits.write_text(splits.read_text("utf-8").replace("two-towns", article_id), "utf-8")

    before = set(tmp_path.rglob("*"))
    code, _, told = run("detach", folder, "--out", tmp_path / "labels")
    assert code == 2
    assert "give the article a" in told
    assert set(tmp_path.rglob("*")) == before


def test_a_place_that_cannot_be_written_is_told(standoff: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    for words in (("detach", FIXTURES), ("attach", standoff, FIXTURES / "articles")):
        code, _, told = run(*words, "--out", tmp_path / "file" / "labels")
        assert code == 2
        assert "it cannot be written (" in told
        assert "name a new folder with --out" in told


EXAMPLES = {
    "on one line": 'examples = ["../prompts"]\n',
    "over several lines": 'examples = [\n  "../prompts",  # those]\n  "../a]b",\n]\n',
    "with a quoted name": '  "examples" = [\n"../prompts"]\n',
    "with line ends of Windows": 'examples = [\r\n  "../prompts",\r\n]\r\n',
    "not at all": "",
}


@pytest.mark.parametrize("examples", EXAMPLES.values(), ids=EXAMPLES)
def test_quotas_travel_without_the_examples_and_are_met_by_the_attached_set(
    folder: Path, tmp_path: Path, examples: str
) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "a]b").mkdir()
    before = "# What is asked.\narticles = 14\n"
    after = "longest_shared = 9 # words\n\n[splits]\nexamples = 0\ngate = 6\n"
    (folder / "quotas.toml").write_bytes(f"{before}{examples}{after}".encode())
    labels, again = tmp_path / "away" / "labels", tmp_path / "away" / "again"

    assert run("detach", folder, "--out", labels)[0] == 0
    assert (labels / "quotas.toml").read_bytes().decode() == f"{before}{after}"
    assert run("attach", labels, folder / "articles", "--out", again)[0] == 0
    assert lint_gold(again) == ()


def test_a_table_that_cannot_be_read_is_told_before_anything_is_written(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "quotas.toml").mkdir()
    code, _, told = run("detach", folder, "--out", tmp_path / "labels")
    assert code == 2
    assert "quotas.toml" in told
    assert "it cannot be read" in told
    assert not (tmp_path / "labels").exists()


@pytest.mark.parametrize(
    "copy",
    [r'{"text": "half \ud83d"}', "[" * 100_000],
    ids=["half a surrogate pair", "nested deeply"],
)
def test_a_copy_that_is_no_text_is_told(copy: str, tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text(copy, "utf-8")
    with pytest.raises(GoldError, match=r"odd\.json: it cannot be read"):
        read_copies(tmp_path, [])


def test_two_labels_of_one_article_are_told_with_both_files(standoff: Path, tmp_path: Path) -> None:
    shutil.copy(standoff / "standoff" / "two-towns.json", standoff / "standoff" / "zwei.json")
    code, _, told = run("attach", standoff, FIXTURES / "articles", "--out", tmp_path / "out")
    assert code == 2
    assert "zwei.json: 'two-towns' is labelled in two-towns.json too; take one out" in told
    assert not (tmp_path / "out").exists()


def test_a_folder_among_the_labels_is_told(standoff: Path) -> None:
    (standoff / "standoff" / "a-folder.json").mkdir()
    with pytest.raises(GoldError, match=r"a-folder\.json: it cannot be read"):
        read_detached(standoff)


def test_a_copy_that_cannot_be_read_is_told_and_the_others_are_joined(
    standoff: Path, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    shutil.copytree(FIXTURES / "articles", copies)
    (copies / "stray.txt").write_text("in another encoding", "utf-16")
    (copies / "empty.json").write_text('{"title": "no text"}', "utf-8")
    code, told, unread = run("attach", standoff, copies, "--out", tmp_path / "all")
    assert (code, "14 labels attached, 0 refused" in told) == (0, True)
    assert "stray.txt: it is not in UTF-8" in unread
    assert "empty.json: it cannot be read (it has no text)" in unread


def test_a_line_that_cannot_be_read_is_told_with_its_number(standoff: Path, tmp_path: Path) -> None:
    rows = [json.dumps({"text": one.article.text}, ensure_ascii=False) for _, one in TOLD]
    (tmp_path / "copies.jsonl").write_text("\n".join(["{", *rows, ""]), "utf-8")
    code, _, unread = run("attach", standoff, tmp_path / "copies.jsonl", "--out", tmp_path / "all")
    assert code == 0
    assert "copies.jsonl: line 1 cannot be read" in unread
