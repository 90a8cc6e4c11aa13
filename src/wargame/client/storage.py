"""Small JSON files of a person's own, written whole or not at all."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def data_folder() -> Path:
    """The folder for this person's drafts and seat tokens; `WARGAME_DATA` names another."""
    chosen = os.environ.get("WARGAME_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("wargame", appauthor=False)


def config_file(name: str) -> Path:
    """Where this person keeps a file of settings; `WARGAME_CONFIG` names another folder."""
    chosen = os.environ.get("WARGAME_CONFIG")
    if chosen:
        return Path(chosen) / name
    from platformdirs import user_config_path

    return user_config_path("wargame", appauthor=False) / name


def read_json(path: Path) -> dict[str, Any]:
    """The mapping in `path`; empty when there is none or it cannot be read (a damaged file must not keep anyone out)."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> bool:
    """Replaces `path` in one step, readable by its owner only. False when the disk refuses."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(value, stream, ensure_ascii=False, indent=1)
        half.replace(path)
    except OSError:
        with suppress(OSError):
            half.unlink()
        return False
    return True
