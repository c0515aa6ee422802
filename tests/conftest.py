"""What tests share: where ../shared is, and a fresh database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.connect import open_database

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder of real pages and tables beside the project."""
    if not SHARED.is_dir():
        pytest.skip("没有 ../shared：真实页面与表格不在，跳过")
    return SHARED


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")
