"""Every paper has a name of its own, stands in its period's folder, and nothing is overwritten without being asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.paper_files.data_files import placed_in
from monitor.paper_files.paper_names import paper_name, place_of
from rules.errors import WrongInput
from tests.bulletin_made import demo_site

PLACES = {
    "安阳市北关区人民政府": "北关区",
    "柘城县人民政府": "柘城县",
    "洛阳市瀍河回族区人民政府": "瀍河回族区",
    "河南省郑州市人民政府": "郑州市",
    "郑州市人民政府": "郑州市",
    "荆州市沙市区人民政府": "沙市区",
    "枣庄市市中区人民政府": "市中区",
    "宁夏回族自治区中宁县人民政府": "中宁县",
    "内蒙古自治区鄂尔多斯市达拉特旗人民政府": "达拉特旗",
    "喀什地区疏附县人民政府": "疏附县",
    "延边朝鲜族自治州人民政府": "延边朝鲜族自治州",
    "徐州市沛县人民政府": "沛县",
    "偃师区人民政府门户网站": "偃师区",
    "某高新技术产业开发区管委会": "某高新技术产业开发区管委会",
}


@pytest.mark.parametrize("name", PLACES)
def test_a_government_s_place(name: str) -> None:
    assert place_of(replace(demo_site(), name=name)) == PLACES[name]


@pytest.mark.parametrize(
    ("part", "made"),
    [
        ("区司法局", "区司法局"),
        ("../../etc/局", "etc-局"),
        (" 区 教育局\n", "区-教育局"),
        ("财政局\u202e(原)", "财政局(原)"),
        ('C:\\"局"?', "C-局"),
        ("..", "-"),
        ("局" * 300, "局" * 40),
    ],
)
def test_a_unit_s_name_is_one_name_of_a_file(part: str, made: str, tmp_path: Path) -> None:
    name = paper_name("专项检查", part, "2023-07-04")
    assert name == f"专项检查_{made}_2023-07-04"
    with placed_in(tmp_path / "out") as aside:
        (aside / f"{name}.docx").write_text("x")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{name}.docx"]


def write(folder: Path, overwrite: bool = False, **papers: str) -> None:
    with placed_in(folder, overwrite) as aside:
        for name, text in papers.items():
            (aside / name).write_text(text)


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_nothing_is_overwritten_without_being_asked(tmp_path: Path) -> None:
    write(tmp_path, 通报="old", 底稿="same")
    with pytest.raises(WrongInput, match=r"已有 通报，没有写入任何文件；要覆盖请加 --force"):
        write(tmp_path, 通报="new", 底稿="same", 说明="new")
    assert held(tmp_path) == {"通报": "old", "底稿": "same"}
    write(tmp_path, 通报="old", 底稿="same")
    write(tmp_path, True, 通报="new", 说明="new")
    assert held(tmp_path) == {"通报": "new", "底稿": "same", "说明": "new"}


def test_a_link_that_leads_nowhere_is_there_too(tmp_path: Path) -> None:
    (tmp_path / "通报").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WrongInput, match="已有 通报"):
        write(tmp_path, 通报="new")
    write(tmp_path, True, 通报="new")
    assert not (tmp_path / "nowhere").exists() and (tmp_path / "通报").read_text() == "new"


def test_a_folder_of_a_paper_s_name_is_there_too(tmp_path: Path) -> None:
    (tmp_path / "通报").mkdir()
    with pytest.raises(WrongInput, match="已有 通报"):
        write(tmp_path, 通报="new")
