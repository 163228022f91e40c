"""A full disk, a folder that cannot be written, a broken cache, an impatient user: one clear line, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

import maps
import routes
from maps.cli import main as cli
from routes import replacing
from routes.folder import read_folder
from routes.output import write_whole
from routes.starter import write_starter

WAYBILL = [sys.executable, "-c", "from maps.cli.main import main; main()"]
OUTPUTS = {
    "render": ("render", "{case}", "-o", "{out}/map.html"),
    "figure": ("figure", "{case}", "-o", "{out}/map.svg"),
    **{f"export {suffix}": ("export", "{case}", "-o", "{out}/case." + suffix)
       for suffix in ("geojson", "gpkg", "kml", "gpx", "parquet", "xlsx", "csv")},
    "import": ("import", "{file}", "-o", "{out}/again"),
    "init": ("init", "{out}/mine"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    write_starter(folder / "case")
    routes.export_case(routes.read_case(folder / "case"), folder / "file.xlsx")
    return {"case": folder / "case", "file": folder / "file.xlsx"}


@pytest.fixture
def out(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


def arguments(name, sources, out):
    return [part.format(out=out, **sources) for part in OUTPUTS[name]]


def letters(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def process(*words, **options):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), **options.pop("env", {})}
    return subprocess.run(
        [*WAYBILL, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
        **options,
    )


class TestAFullDisk:
    def full(self, monkeypatch, at):
        """Let the disk be full from the n-th sync on."""
        sync, left = os.fsync, [at]

        def synced(descriptor):
            left[0] -= 1
            if left[0] <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", synced)

    @pytest.mark.parametrize("name", OUTPUTS)
    def test_one_line_names_the_file_and_what_stood_there_is_as_it_was(self, name, sources, out, monkeypatch):
        words = arguments(name, sources, out)
        if name not in {"import", "init"}:
            target = Path(words[-1])
            target.write_bytes(b"the old one")
        before = letters(out)
        self.full(monkeypatch, 1)
        result = CliRunner().invoke(cli.main, words)
        assert result.exit_code == 1, result.output
        [line] = result.stderr.splitlines()
        assert line.startswith("Error: ")
        assert line.endswith("No space left on device")
        assert (Path(words[-1]).name if name not in {"import", "init"} else ".") in line
        assert letters(out) == before
        assert [path for path in out.iterdir() if path.name.startswith(".")] == []

    @pytest.mark.parametrize("at", range(1, 10))
    def test_a_case_that_is_written_over_stays_whole_wherever_the_disk_fills_up(self, at, sources, out, monkeypatch):
        shutil.copytree(sources["case"], out / "case")
        case = routes.read_case(out / "case")
        case.meta["summary"] = "new"
        before = letters(out)
        self.full(monkeypatch, at)
        with pytest.raises(OSError, match="No space left") as told:
            case.write(out / "case")
        assert told.value.filename
        assert letters(out) == before

    def test_a_limit_of_the_system_is_told_as_it_is(self, sources, out):
        (out / "map.html").write_text("the old one")
        result = process(
            "render", sources["case"], "-o", out / "map.html",
            # where coverage is measured, the limit would hold for its file too
            env={"WAYBILL_CACHE": "off", "COVERAGE_PROCESS_CONFIG": ""},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        )  # fmt: skip
        assert result.returncode == 1
        assert result.stderr == f"Error: {out / 'map.html'}: File too large\n"
        assert letters(out) == {"map.html": b"the old one"}


class TestAFolderThatCannotBeWritten:
    @pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EDQUOT])
    def test_one_line_says_so(self, code, sources, out, monkeypatch):
        opened = os.open

        def refused(path, flags, *more, **options):
            if str(path).endswith(".part"):
                raise OSError(code, os.strerror(code), path)
            return opened(path, flags, *more, **options)

        monkeypatch.setattr(os, "open", refused)
        result = CliRunner().invoke(cli.main, ["render", str(sources["case"]), "-o", str(out / "map.html")])
        assert result.exit_code == 1
        assert result.stderr == f"Error: {out / 'map.html'}: {os.strerror(code)}\n"
        assert letters(out) == {}

    @pytest.mark.parametrize("name", OUTPUTS)
    def test_a_folder_that_is_not_there_or_is_a_file_is_named(self, name, sources, out):
        (out / "file").write_text("in the way")
        result = CliRunner().invoke(cli.main, arguments(name, sources, out / "file"))
        assert result.exit_code in (1, 2)
        assert str(out / "file") in result.stderr
        assert "Traceback" not in result.output
        assert letters(out) == {"file": b"in the way"}

    @pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="only root can become somebody else")
    def test_a_user_without_the_right_to_it_changes_nothing(self, sources, out):
        case = routes.read_case(sources["case"])
        shutil.copytree(sources["case"], out / "case")
        for path in (out, out / "case", out.parent):
            path.chmod(0o555)
        before = letters(out)
        child = os.fork()
        if child == 0:
            refused = 0
            os.setuid(65534)
            for write in (lambda: write_whole(out / "map.html", b"x"), lambda: case.write(out / "case")):
                try:
                    write()
                except PermissionError:
                    refused += 1
            os._exit(refused)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        assert letters(out) == before


class TestWhatIsNotWrittenOver:
    """What would be lost for good, or is no file."""

    @pytest.mark.parametrize(("command", "suffix"), [("render", "html"), ("export", "geojson"), ("figure", "svg")])
    def test_a_pipe_stays_a_pipe(self, command, suffix, sources, out):
        os.mkfifo(out / "pipe")
        link = out / f"link.{suffix}"
        link.symlink_to(out / "pipe")
        result = CliRunner().invoke(cli.main, [command, str(sources["case"]), "-o", str(link)])
        assert result.exit_code == 1
        assert "is a device or a pipe; give the name of a file" in result.stderr
        assert (out / "pipe").is_fifo()

    @pytest.mark.parametrize("own", ["places.csv", "case.toml", "sources.json", "geometry/r.geojson", "CLAIMS.csv"])
    def test_the_case_itself_is_no_output(self, own, sources, out, monkeypatch):
        shutil.copytree(sources["case"], out / "case")
        before = letters(out)
        monkeypatch.chdir(out)
        result = CliRunner().invoke(cli.main, ["render", "case", "-o", f"case/{own}"])
        assert result.exit_code == 2
        assert "is a file of the case itself" in result.stderr
        assert letters(out) == before

    @pytest.mark.parametrize("command", ["render", "export", "figure"])
    def test_nor_is_the_file_that_holds_it(self, command, sources, out):
        path = out / "case.xlsx"
        shutil.copy(sources["file"], path)
        (out / "other.xlsx").hardlink_to(path)
        for name in ("case.xlsx", "other.xlsx"):
            result = CliRunner().invoke(cli.main, [command, str(path), "-o", str(out / name)])
            assert result.exit_code == 2
            assert "is the case itself" in result.stderr
        assert path.read_bytes() == Path(sources["file"]).read_bytes()

    def test_a_map_beside_the_tables_of_its_case_is_fine(self, sources, out):
        shutil.copytree(sources["case"], out / "case")
        result = CliRunner().invoke(cli.main, ["render", str(out / "case"), "-o", str(out / "case" / "map.html")])
        assert result.exit_code == 0, result.stderr


class TestWhereNothingCanBePrinted:
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
    @pytest.mark.parametrize("words", [["--help"], ["cases"]])
    def test_one_line_says_so(self, words):
        with Path("/dev/full").open("w") as full:
            result = subprocess.run(
                [sys.executable, "-m", "maps.cli.main", *words], stdout=full, stderr=subprocess.PIPE, text=True,
                check=False, timeout=60, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            )  # fmt: skip
        assert result.returncode == 1
        assert result.stderr.splitlines() == ["Error: what is printed cannot be written: No space left on device"]

    def test_a_name_that_is_no_utf8_is_told_with_what_to_do(self, sources, out):
        shutil.copytree(sources["case"], out / "x\udcff")
        result = process("export", out / "x\udcff", "-o", out / "x.gpkg")
        assert result.returncode == 2
        assert "holds bytes that are no UTF-8" in result.stderr
        assert "rename it" in result.stderr


class TestTheCache:
    def render(self, sources, out, folder, name="map.html"):
        result = process("render", sources["case"], "-o", out / name, env={"WAYBILL_CACHE": str(folder)})
        assert result.returncode == 0, result.stderr
        assert result.stderr == ""
        return (out / name).read_bytes()

    def test_whatever_became_of_its_files_the_map_is_the_same(self, sources, out, tmp_path):
        folder = tmp_path / "cache"
        page = self.render(sources, out, folder)
        kept = sorted(folder.glob("*.json"))
        assert kept
        for content in (b"\x00\xff" * 50, b"[" * 100_000):
            for entry in kept:
                entry.write_bytes(content)
            assert self.render(sources, out, folder) == page
        for entry in kept:
            entry.unlink()
            entry.mkdir()
        assert self.render(sources, out, folder) == page
        shutil.rmtree(folder)
        folder.write_text("no folder")
        assert self.render(sources, out, folder) == page

    def test_a_pipe_in_it_is_not_waited_for(self, sources, out, tmp_path):
        folder = tmp_path / "cache"
        page = self.render(sources, out, folder)
        for entry in sorted(folder.glob("*.json")):
            entry.unlink()
            os.mkfifo(entry)
        assert self.render(sources, out, folder) == page

    @pytest.mark.parametrize("off", ["off", "OFF", ""])
    def test_it_can_be_switched_off(self, off, sources, out):
        assert self.render(sources, out, off)
        assert sorted(letters(out)) == ["map.html"]

    def test_processes_that_share_it_do_not_disturb_each_other(self, sources, out, tmp_path):
        pages = {}

        def work(number):
            pages[number] = self.render(sources, out, tmp_path / "cache", f"{number}.html")

        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(pages) == 3
        assert len(set(pages.values())) == 1
        for entry in (tmp_path / "cache").iterdir():
            assert json.loads(entry.read_text(encoding="utf-8"))["key"] == entry.stem


class TestAWriteThatWasStopped:
    """What `kill` leaves of a case, from the point of view of its user."""

    @pytest.fixture
    def stopped(self, sources, out, monkeypatch):
        """A case of which the write was stopped when half of its files were in place."""
        shutil.copytree(sources["case"], out / "case")
        case = routes.read_case(out / "case")
        case.meta["summary"] = "new"
        renamed, places = Path.replace, []

        class Killed(BaseException):
            pass

        def stop(self, target):
            if self.parent.name == "new":
                places.append(target)
                if len(places) > 1:
                    raise Killed
            return renamed(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stop)
            patch.setattr(replacing, "_back", stop)
            with pytest.raises((Killed, TypeError)):
                case.write(out / "case")
        plan = next((out / "case").glob(".writing-*/plan.json"))
        # a process that is killed comes to no rollback
        plan.write_text(plan.read_text(encoding="utf-8").replace('"back"', '"forward"'), encoding="utf-8")
        return case

    @pytest.mark.usefixtures("stopped")
    def test_check_refuses_it_and_says_how_it_is_finished(self, out):
        result = CliRunner().invoke(cli.main, ["check", str(out / "case")])
        assert result.exit_code == 1
        [line] = [line for line in result.stdout.splitlines() if line.startswith("fault")]
        assert "stopped half-way" in line
        assert "write the case again" in line

    def test_the_next_write_finishes_it_and_leaves_nothing(self, stopped, out):
        stopped.write(out / "case")
        assert not replacing.unfinished(out / "case")
        assert list((out / "case").glob(".*")) == []
        assert routes.read_case(out / "case").meta["summary"] == "new"

    def test_a_write_that_is_still_going_on_is_not_taken_for_one(self, stopped, out):
        [beside] = (out / "case").glob(".writing-*")
        with replacing._locked(beside), pytest.raises(FileExistsError, match="another process is writing"):
            stopped.write(out / "case")

    @pytest.mark.parametrize(
        "plan",
        [
            "{", "[]", "[" * 100_000,
            {"way": "forward", "new": ["../../stolen"], "stale": [], "old": []},
            {"way": "forward", "new": [], "stale": ["/etc/passwd"], "old": []},
            {"way": "sideways", "new": [], "stale": [], "old": []},
            {"way": "forward", "new": 3, "stale": [], "old": []},
        ],
    )  # fmt: skip
    def test_a_plan_that_somebody_else_wrote_is_not_followed(self, plan, stopped, out):
        [path] = (out / "case").glob(".writing-*/plan.json")
        path.write_text(plan if isinstance(plan, str) else json.dumps(plan))
        (path.parent / "new" / "stolen").write_text("x")
        before = letters(out)
        with pytest.raises(FileExistsError, match="look into it"):
            stopped.write(out / "case")
        assert {name: text for name, text in letters(out).items() if not name.endswith("lock")} == {
            name: text for name, text in before.items() if not name.endswith("lock")
        }

    def test_a_link_in_its_place_is_not_followed(self, sources, out, tmp_path):
        shutil.copytree(sources["case"], out / "case")
        (tmp_path / "elsewhere").mkdir()
        (out / "case" / ".writing-x").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(FileExistsError, match="remove it"):
            routes.read_case(out / "case").write(out / "case")


# who runs the tests in the background has SIGINT ignored, and children inherit that
STARTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from maps.cli import main
print("ready", flush=True)
main.run()
"""

# Ctrl-C while the named thing is done, and then what becomes of it there
SWALLOWED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
import maps
from maps.cli import main

def an_extension_that_is_imported():
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        pass
    raise AttributeError("partially initialized module")

def a_fault_like_ours():
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt as err:
        raise ValueError("the module was not read") from err

def a_callback():
    class Held:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)
    Held()
    while True:
        pass

def end_at_once():
    main.end_at_once = lambda: (ended(), signal.raise_signal(signal.SIGINT))

ended = main.end_at_once
happens = globals()[sys.argv.pop(1)]
maps.RouteMap.save = lambda *_arguments, **_options: happens()
main.run()
"""


class TestCtrlC:
    def test_a_render_that_is_stopped_ends_quietly_and_leaves_the_old_map(self, sources, out):
        (out / "map.html").write_text("the old one")
        chance = random.Random(2)  # noqa: S311 - no secret
        statuses = []
        for _ in range(8):
            running = subprocess.Popen(
                [sys.executable, "-c", STARTED,
                 "render", str(sources["case"]), "-o", str(out / "map.html")],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            )  # fmt: skip
            assert running.stdout.readline() == "ready\n"
            try:
                running.wait(timeout=chance.uniform(0.2, 1.2))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=60)
            statuses.append(running.returncode)
            # while the interpreter itself starts or ends, the signal is all that is told
            assert running.returncode in (0, 130, -signal.SIGINT), said
            assert "Traceback" not in said
            assert {path.name for path in out.iterdir()} == {"map.html"}
            content = (out / "map.html").read_text(encoding="utf-8")
            assert content == "the old one" or content.endswith("</html>")
        assert any(statuses)

    @pytest.mark.parametrize("place", ["an_extension_that_is_imported", "a_fault_like_ours", "a_callback"])
    def test_where_the_interrupt_gets_lost_it_is_told_all_the_same(self, place, sources, out):
        stopped = subprocess.run(
            [sys.executable, "-c", SWALLOWED, place, "render", str(sources["case"]), "-o", str(out / "map.html")],
            capture_output=True, text=True, timeout=60, check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert stopped.stderr.strip() == "stopped; no file is half written"
        assert stopped.returncode == 130

    def test_an_interrupt_after_the_work_says_nothing(self, sources, out):
        ended = subprocess.run(
            [sys.executable, "-c", SWALLOWED, "end_at_once", "render", str(sources["case"]), "-o", str(out / "m.html")],
            capture_output=True, text=True, timeout=60, check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert ended.stderr == ""
        assert ended.returncode == -signal.SIGINT

    def test_the_status_is_that_of_a_shell_and_one_line_says_so(self, sources, out, monkeypatch):
        def stop(*_arguments, **_options):
            raise KeyboardInterrupt

        monkeypatch.setattr(maps.RouteMap, "save", stop)
        result = CliRunner().invoke(cli.main, ["render", str(sources["case"]), "-o", str(out / "map.html")])
        assert result.exit_code == 130
        assert result.stderr.strip() == "stopped; no file is half written"

    def test_a_case_whose_write_is_stopped_by_hand_is_as_it_was(self, sources, out, monkeypatch):
        shutil.copytree(sources["case"], out / "case")
        case = routes.read_case(out / "case")
        case.meta["summary"] = "new"
        before = letters(out)
        renamed, places = Path.replace, []

        def stop(self, target):
            if self.parent.name == "new" and len(places) == 3:
                places.append(target)
                raise KeyboardInterrupt
            places.append(target)
            return renamed(self, target)

        monkeypatch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            case.write(out / "case")
        assert letters(out) == before
        assert read_folder(out / "case").faults == ()
