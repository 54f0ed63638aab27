"""Scripts: names in the letters, cases and spellings of many languages."""

# ruff: noqa: RUF001 - letters of other alphabets are what is tested here

import pytest
from placing import Truth, around, at, fault, place

from extractor.codes import PlaceLevel as Level
from extractor.codes import PlaceMethod as By

ADMIN1, ADMIN2 = Level.ADMIN1, Level.ADMIN2
ARABIC_LETTERS: list[tuple[str, Truth]] = [
    ("قتل أربعة أشخاص في قصف على {مدينة إدلب} في شمال غرب سوريا.", at(35.93, 36.63, 8, Level.CITY)),
    ("استشهد خمسة في {خان يونس} جنوب <قطاع غزة>.", at(31.34, 34.3, 8)),
    ("غارات على {محافظة صعدة} اليمنية.", at(16.9, 43.7, 60, ADMIN1)),
    ("قصف على {حي الشجاعية} شرق <مدينة غزة>.", at(31.5, 34.47, 5)),
    ("قتل مدنيون في {الفاشر} في <السودان>.", at(13.63, 25.35, 10)),
    ("انفجار {بالموصل} في العراق.", at(36.34, 43.12, 15)),
    ("هجوم في {ريف دير الزور} في سوريا.", around(35.34, 40.14)),
    ("انفجاری در {کابل} پایتخت افغانستان.", at(34.53, 69.17, 15)),
    ("حمله در {ولایت ننگرهار} در شرق افغانستان.", at(34.25, 70.5, 60, ADMIN1)),
    ("تیراندازی در {شهر زاهدان} در <سیستان و بلوچستان>.", at(29.5, 60.86, 10)),
    ("{کوئٹہ} میں دھماکے سے چار افراد ہلاک ہوئے۔", at(30.18, 67, 15)),
    ("پاکستان کے {ضلع باجوڑ} میں دھماکہ ہوا۔", around(34.8, 71.5)),
    ("په {کندهار} کې چاودنه وشوه.", at(31.61, 65.71, 10)),
]
CYRILLIC: list[tuple[str, Truth]] = [
    ("Два человека погибли в {Мариуполе}, сообщили на Украине.", at(47.1, 37.55, 15)),
    ("Обстрел {Белгородской области}: погиб один человек.", at(50.8, 37.5, 80, ADMIN1)),
    ("Взрыв прогремел в {Херсоне}.", at(46.64, 32.62, 15)),
    ("Бои под {Авдеевкой}, Украина.", at(48.14, 37.75, 10)),
    ("Взрыв в {Дербенте}, <Дагестан>.", at(42.06, 48.29, 10)),
    ("Двое полицейских убиты в {Чечне}.", at(43.3, 45.7, 60, ADMIN1)),
    ("Жители {села Гроза} в <Харьковской области> погибли.", around(49.6, 37.2)),
    ("У {Запоріжжі} загинули троє людей, Україна.", at(47.85, 35.12, 15)),
    ("Ракета влучила в будинок у {Кривому Розі}.", at(47.91, 33.39, 20)),
    ("Обстріл у {Харкові}: двоє загиблих.", at(49.99, 36.23, 15)),
    ("У {Краматорську} поранено чотирьох, повідомили в Україні.", at(48.74, 37.58, 10)),
    ("Удар по {Херсонській області}.", at(46.6, 33, 100, ADMIN1)),
    ("Загинув цивільний у {Нікополі} на Дніпропетровщині, Україна.", at(47.57, 34.4, 10)),
    ("В {городе Грозном} убиты двое.", at(43.31, 45.7, 15, Level.CITY)),
]
OTHER_LETTERS: list[tuple[str, Truth]] = [
    ("רקטה פגעה ב{שדרות} בישראל.", at(31.52, 34.6, 8)),
    ("אזעקות {באשקלון}.", at(31.67, 34.57, 8)),
    ("חילופי אש {בג'נין}.", at(32.46, 35.3, 8)),
    ("{श्रीनगर} में दो लोग मारे गए, भारत।", at(34.09, 74.8, 15)),
    ("{पुलवामा जिले} में मुठभेड़, <जम्मू और कश्मीर>।", around(33.87, 74.9)),
    ("{昆明}发生袭击事件。", at(25.04, 102.72, 20)),
    ("{喀什}发生爆炸, 新疆。", at(39.47, 75.99, 15)),
    ("{阿勒颇省}发生爆炸。", at(36.4, 37.4, 60, ADMIN1)),
    ("በ{መቀሌ} ጥቃት ተፈጸመ።", at(13.5, 39.47, 10)),
    ("{በአክሱም} ሰዎች ተገደሉ፣ ኢትዮጵያ።", at(14.13, 38.72, 10)),
    ("{မြဝတီ} တွင် တိုက်ပွဲ ဖြစ်ပွားသည်။", at(16.69, 98.51, 10)),
    ("{চট্টগ্রাম} শহরে বিস্ফোরণ।", at(22.34, 91.83, 15)),
    ("{Diyarbakır'da} iki kişi öldü.", at(37.91, 40.22, 15)),
    ("{გორში} აფეთქება, საქართველო.", at(41.98, 44.11, 10)),
    ("Deux morts à {N'Djaména}, au Tchad.", at(12.11, 15.05, 15)),
    ("Un attentat dans la {région de Tillabéri}, au <Niger>.", at(14.2, 1.5, 120, ADMIN1)),
    (
        "Tres muertos en el {municipio de Tibú}, <Norte de Santander>, <Colombia>.",
        at(8.64, -72.73, 25),
    ),
    ("Chacina no {estado do Pará}, no <Brasil>.", at(-3, -50, 400, ADMIN1)),
]
SPELLINGS: list[tuple[str, Truth]] = [
    *(
        (f"Five died in {{{name}}}, <Syria>.", at(35.34, 40.14, 10))
        for name in ("Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr")
    ),
    ("A missile hit {Kiev}.", at(50.45, 30.52, 15)),
    ("Coalition jets bombed {Hodeida}, <Yemen>.", at(14.8, 42.95, 10)),
    ("Coalition jets bombed {Al Hudaydah}, <Yemen>.", at(14.8, 42.95, 10)),
    ("A bomb killed two in {Qandahar}, <Afghanistan>.", at(31.61, 65.71, 10)),
    ("Shells fell on {Al-Fashir}, <Sudan>.", at(13.63, 25.35, 10)),
    ("Russian forces shelled {Nikolayev}, <Ukraine>.", around(46.97, 32)),
    ("Rebels in {Lugansk}, <Ukraine>, shot a man.", at(48.57, 39.33, 15)),
    ("Jets bombed {Maarat al-Numan}, <Syria>.", at(35.64, 36.67, 8, None, By.NAME)),
    ("Five died in {Deir Ezzor}, <Syria>.", at(35.34, 40.14, 10, None, By.NAME)),
    ("The dead of {Khan Sheikhun}, <Idlib>.", at(35.44, 36.65, 8)),
    ("Shells hit {Ta'izz}, <Yemen>.", at(13.58, 44.02, 10)),
    ("Jets hit {Mekele}, <Tigray>, <Ethiopia>.", at(13.5, 39.47, 10)),
    ("A bomb hit a hotel in {Belet Weyne}, <Somalia>.", at(4.74, 45.2, 10)),
    ("Fighting near {Kismayu}, <Somalia>.", at(-0.36, 42.55, 10)),
    ("A mosque was bombed in {Mazar-i-Sharif}, <Afghanistan>.", at(36.71, 67.11, 10)),
    (
        "Police were killed in {Pul-e-Khumri}, <Baghlan province>, <Afghanistan>.",
        at(35.95, 68.7, 10),
    ),
    ("Mortars hit {Talafar}, <Iraq>.", at(36.38, 42.45, 10)),
    ("Shelling in {Falluja}, <Iraq>.", at(33.35, 43.78, 10)),
    ("Fighting in {Surt}, <Libya>.", at(31.21, 16.59, 10)),
    ("Drones struck {Stepanakert} in <Nagorno-Karabakh>.", at(39.82, 46.75, 10)),
    ("Shells hit {Al Mukha}, <Yemen>.", at(13.32, 43.25, 10)),
    ("Two died in {Gaalkacyo}, <Somalia>.", at(6.77, 47.43, 10)),
]


@pytest.mark.parametrize(
    ("marked", "truth"), [*ARABIC_LETTERS, *CYRILLIC, *OTHER_LETTERS, *SPELLINGS]
)
def test_a_name_is_found_in_its_own_letters(marked: str, truth: Truth) -> None:
    assert fault(place(marked), truth) is None
