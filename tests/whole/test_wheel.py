"""The wheel works in an empty environment and any folder, without the checkout."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `dubcheck` command of a new environment that holds the built wheel.

    Its dependencies are those already installed here, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(CHECKOUT)], check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("dubcheck-*.whl")
    venv.create(folder / "env", with_pip=False)
    site = next((folder / "env" / "lib").glob("python*")) / "site-packages"
    # Only third-party packages: the editable install of the checkout stays out.
    here = sysconfig.get_path("purelib")
    lines = [entry for entry in sorted(Path(here).iterdir()) if "dubcheck" not in entry.name]
    for entry in lines:
        (site / entry.name).symlink_to(entry)
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    target = ["--prefix", str(folder / "env"), "--ignore-installed", str(wheel)]
    subprocess.run([*install, *target], check=True, capture_output=True, timeout=120)
    return folder / "env" / "bin" / "python"


def test_wheel_runs_the_suite(installed: Path, tmp_path: Path) -> None:
    """`dubcheck run --profile quick` judges both APIs from the wheel alone."""
    done = subprocess.run(
        [installed, "-m", "dubcheck", "run", "--profile", "quick", "--report-dir", "report"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=400,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "report" / "report.json").read_text())
    assert report["verdict"] == "conforming"
    assert {item["api"] for item in report["targets"]} == {"pinch", "panjaya"}


def test_wheel_serves_the_emulator(installed: Path, tmp_path: Path) -> None:
    """`dubcheck serve` says where it answers in its first line."""
    child = subprocess.Popen(
        [installed, "-m", "dubcheck", "serve", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    greeting = json.loads(child.stdout.readline())
    child.terminate()
    child.wait(timeout=20)
    child.stdout.close()

    assert greeting["url"].startswith("http://127.0.0.1:")
