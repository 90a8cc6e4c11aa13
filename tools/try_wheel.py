"""Builds the wheel, installs it in a fresh environment in another folder, and checks that it can do without this one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = "bridge_week"


def run(*words: str | Path, where: Path) -> str:
    """Runs a command in a folder, with nothing of this environment but the path; ends the program when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([str(word) for word in words], cwd=where, capture_output=True, text=True, check=False, env=kept)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))} failed with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main() -> None:
    """The whole trial."""
    with tempfile.TemporaryDirectory(prefix="wargame-wheel-") as name:
        away = Path(name)
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        run(*pip, "wheel", "--no-deps", "--wheel-dir", away / "wheels", ROOT, where=away)
        wheel = next((away / "wheels").glob("wargame-*.whl"))
        venv.create(away / "fresh", with_pip=True)
        bin_folder = away / "fresh" / ("Scripts" if sys.platform == "win32" else "bin")
        run(bin_folder / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install", wheel, where=away)
        command = bin_folder / "wargame"
        run(command, "check", SCENARIO, where=away)
        run(command, "new", "trial", where=away)
        run(command, "check", "trial", where=away)
        run(command, "report", "balance", "trial", "--games", "2", "--jobs", "1", "--chunks", "chunks", where=away)
        first = run(command, "demo", SCENARIO, "--headless", "--seed", "1", where=away)
        here = run(Path(sys.executable).parent / "wargame", "demo", SCENARIO, "--headless", "--seed", "1", where=ROOT)
        if first != here:
            sys.exit("The game told by the installed wheel differs from the one told here.")
        print(f"{wheel.name}: checks and plays {SCENARIO} from another folder, {len(first.splitlines())} lines of story.")


if __name__ == "__main__":
    main()
