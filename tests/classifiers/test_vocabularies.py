"""The word lists and the checks that need more than a list: what they take and leave, and that they are quick."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.errors import ClassifierError
from classifiers.vocabulary import addresses, chinese_names, dates, latin_names, organisation_names, phones, regions
from classifiers.vocabulary.words import HERE, listed, spaced, words

Check = Callable[[pa.Array], np.ndarray]  # type: ignore[type-arg]

CASES: dict[Check, tuple[list[str], list[str]]] = {
    chinese_names.is_chinese_name: (
        ["王秀英", "赵勇", "欧阳明月", "司马青", "陈晓东", "曾鈺成", "何俊仁", "李明"],
        ["高中", "温州市", "安全", "教师", "汉族", "本科", "广西", "经营范围", "有限公司", "13800138000", "A", ""],
    ),
    chinese_names.is_masked_name: (["张**", "李*", "王*英", "**华"], ["****", "张三", "11**", "号**"]),
    chinese_names.is_minority_name: (["买买提·艾合买提", "阿依古丽·买买提·江"], ["买买提", "10·1", "一·二·三·四"]),
    latin_names.is_full_name: (
        ["John Smith", "Mary A. Johnson", "Brown, Sherrod", "Zhang Wei", "Dr. Emily Clark"],
        ["Acme Widgets", "Overpass Harbor", "United States"],
    ),
    latin_names.is_one_name: (["Smith", "Maria", "Kelly"], ["Overpass", "Widget"]),
    regions.is_region: (
        ["浙江省", "浙江", "浙江省宁波市", "宁波市海曙区", "上海市浦东新区", "海曙区", "臺北市", "北京市 / 东城区"],
        ["浙江大学", "张伟", "解放路731号"],
    ),
    regions.is_region_code: (["330203", "110000", "330203001", "330203001001"], ["990203", "000000", "12"]),
    organisation_names.is_organisation: (
        [
            "联软信息有限公司",
            "施小红服装店",
            "宁波市第二中学",
            "海曙区人民法院",
            "联软公司(上海)",
            "Acme Corp",
            "花莲医院",
        ],
        ["张伟", "汉族", "330203", "解放路731号"],
    ),
    organisation_names.is_department: (
        ["宁波市市场监督管理局", "国家税务总局宁波市税务局"],
        ["联软信息有限公司", "张伟"],
    ),
    addresses.is_chinese_address: (
        [
            "长沙市开福区建设大街668号阳光小区38栋3单元1901室",
            "柳河乡新民村2组",
            "臺北市松山區八德路4段694號1樓",
            "香港中區立法會道1號",
        ],
        ["长沙市", "张伟", "经营范围", "13800138000"],
    ),
    addresses.is_english_address: (
        [
            "713 Hart Senate Office Building",
            "100 Main Street",
            "P.O. Box 12",
            "Apt. 3",
            "12 High Rd, London",
            "466 Glenn Trace",
        ],
        ["John Smith", "1.5", "Main"],
    ),
    phones.is_us: (
        ["202-224-2315", "(202) 224-2315", "2022242315", "+1 202 224 2315"],
        ["999-99-9999", "12", "0571-85034512"],
    ),
    phones.is_international: (
        ["+44 20 7946 0958", "+86 13800138000", "0049 30 901820"],
        ["+999 1", "020 7946 0958", "+44 1"],
    ),
    phones.is_taiwan: (["(02)27653147", "(03)8358141"], ["12345", "(99)1"]),
    phones.is_hong_kong: (["3919 3001", "+852 3919 3001"], ["1234 5678", "12"]),
    phones.is_british: (["020 7946 0958", "+44 20 7946 0958"], ["020", "13800138000"]),
    dates.is_date: (
        [
            "2013-02-04",
            "2014年5月21日",
            "20200229",
            "2020/3/17 17:43:46",
            "31/12/2019",
            "12/31/2019",
            "民國109年3月17日",
            "109/03/17",
        ],
        ["2013-02-30", "20210229", "3013-01-01", "13/13/2019", "2013", "abc"],
    ),
    dates.is_birth_date: (["1985-08-08", "19540815", "11/9/1952", "74/8/8"], ["1785-08-08", "2099-01-01", "19540231"]),
}


@pytest.mark.parametrize("check", CASES, ids=lambda check: check.__name__)
def test_examples(check: Check) -> None:
    good, bad = CASES[check]
    assert dict(zip(good, check(pa.array(good)).tolist(), strict=True)) == dict.fromkeys(good, True)
    assert dict(zip(bad, check(pa.array(bad)).tolist(), strict=True)) == dict.fromkeys(bad, False)


@pytest.mark.parametrize("check", CASES, ids=lambda check: check.__name__)
@settings(deadline=None, max_examples=30)
@given(cells=st.lists(st.text(max_size=30), max_size=5), cut=st.integers(0, 2))
def test_one_verdict_a_cell_whatever_it_holds(check: Check, cells: list[str], cut: int) -> None:
    array = pa.array(cells, pa.string())
    whole = np.asarray(check(array))
    assert whole.shape == (len(cells),)
    assert whole.dtype == np.bool_
    assert np.asarray(check(array[cut:])).tolist() == whole[cut:].tolist()


@pytest.mark.parametrize("check", CASES, ids=lambda check: check.__name__)
def test_checks_keep_up_with_a_scan(check: Check) -> None:
    """Weak shapes are tried on a sample, so a hundred thousand values in a second are enough."""
    good = CASES[check][0]
    array = pa.array((good * 20_000)[:20_000])
    check(array)
    start = time.process_time()
    check(array)
    assert time.process_time() - start < 0.4


LISTS = sorted(path.stem for path in HERE.glob("*.txt") if not path.name.startswith("LICENSE"))


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_clean(name: str) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    assert text.startswith("#"), "the first line says what the words are and where they come from"
    found = words(name)
    assert len(found) >= 8
    assert all(word == word.strip() for word in found)
    assert max(map(len, found)) <= 40


def test_an_unknown_list_is_refused_by_name() -> None:
    with pytest.raises(ClassifierError, match="no_such_list"):
        words("no_such_list")


def test_hyphens_of_spaced_lists_stand_for_blanks() -> None:
    assert {"United-States", "United States"} <= spaced("countries")


def test_listed_keeps_the_order_and_drops_what_is_there_twice() -> None:
    assert listed("b, a ,b", "c,,a") == ("b", "a", "c")


def test_there_are_fifty_six_ethnic_groups_with_and_without_their_last_character() -> None:
    groups = {word for word in words("ethnic_groups") if word.endswith("族")}
    official = "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山"
    official += " 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒"
    official += " 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
    assert len(official.split()) == 56
    assert {name + "族" for name in official.split()} <= groups
    assert set(official.split()) <= words("ethnic_groups")


def test_divisions_form_a_tree() -> None:
    """Every county has its province, codes are unique, and no street got in."""
    codes = [code for code, _ in regions.divisions()]
    assert len(codes) == len(set(codes)) > 3_300
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    provinces = {code[:2] for code in codes if code.endswith("0000")}
    assert len(provinces) == 34
    assert {code[:2] for code in codes} == provinces


def test_the_licence_of_the_divisions_stands_beside_them() -> None:
    assert "WTFPL" in (HERE / "LICENSE.regions.txt").read_text(encoding="utf-8")


def test_words_that_are_no_names_start_with_a_surname() -> None:
    """Any other word would be dead weight: the surname rule leaves it out already."""
    starts = chinese_names.has_surname(pa.array(sorted(words("not_names"))))
    assert starts.mean() > 0.9


def test_ordinary_words_are_hardly_ever_taken_for_names() -> None:
    ordinary = "经济 社会 学习 数据 开放 治理 交通 道路 桥梁 河流 气温 雨量 项目 合同 金额 单价 序号 备注 状态 类型"
    ordinary += " 合格 不合格 男 女 未婚 已婚 污水 绿化 面积 许可 处罚 公告 采购 招标 水质 噪声 停车 公交 医保 社保"
    assert chinese_names.is_chinese_name(pa.array(ordinary.split())).mean() < 0.05
