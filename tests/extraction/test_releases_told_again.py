"""Releases that tell the same people again, or of several operations: nobody is counted twice."""

import pytest
from releases import check_release

RELEASES = (
    (
        3,
        1,
        "ghazni",
        "Four insurgents attacked an Afghan checkpoint in Andar district, Ghazni "
        "province. Police killed three of them and captured the fourth.",
    ),
    (
        5,
        0,
        "kunar",
        "A reconnaissance team spotted five armed insurgents moving toward a combat "
        "outpost in Nari district, Kunar province. The team called for artillery fire. "
        "All five insurgents were killed.",
    ),
    (
        1,
        3,
        "khost",
        "Four insurgents fired on a combined force in Sabari district, Khost province. "
        "One of the insurgents was killed and the other three were detained.",
    ),
    (
        2,
        0,
        "helmand",
        "Coalition forces observed two insurgents planting an explosive device along a "
        "road in Sangin district, Helmand province, Saturday. After ensuring no civilians"
        " were in the area, an aircraft engaged the insurgents with precision fire, "
        "killing them.",
    ),
    (
        0,
        2,
        "wardak",
        "A combined security force searching for a Taliban commander in Sayyid Abad "
        "district, Wardak province, detained two suspects Wednesday. The suspects were "
        "found with two pistols and a radio.",
    ),
    (
        0,
        1,
        "paktiya",
        "The Haqqani leader captured yesterday in Zurmat district, Paktiya province, "
        "directed roadside bombings in the district. The leader was captured along the "
        "main road. He remains in custody.",
    ),
    (
        0,
        3,
        "kandahar",
        "A Taliban leader was captured in Zharay district, Kandahar province, Friday. Two"
        " additional suspected insurgents were detained as a result of the operation.",
    ),
    (
        0,
        3,
        "kandahar",
        "A Taliban leader was captured in Maiwand district, Kandahar province, Friday. "
        "The security force detained the leader and two additional suspected insurgents.",
    ),
    (
        0,
        2,
        "baghlan",
        "A combined force arrested a Taliban leader in Baghlani Jadid district, Baghlan "
        "province, Sunday. The leader and one of his men were arrested after a short "
        "pursuit.",
    ),
    (
        1,
        0,
        "takhar",
        "International Security Assistance Force officials confirmed that a Taliban "
        "leader, Mullah Rozi, was killed during an airstrike in Darqad district, Takhar "
        "province, on May 3. Rozi served as a military commander and commanded a group of"
        " 15 fighters.",
    ),
    (
        3,
        0,
        "takhar",
        "A follow-up assessment determined that Taliban leader Juma Khan and two of his "
        "fighters were killed in a strike in Yangi Qal'ah district, Takhar province, last"
        " week.",
    ),
    (
        3,
        0,
        "ghazni",
        "Three insurgents were killed in Ghazni province yesterday after they were seen "
        "placing an explosive device on a road. The force called for air support, and a "
        "helicopter engaged the men. All three were killed.",
    ),
    (
        2,
        0,
        "kunar",
        "Taliban leader Mohammad Zaher and another insurgent were killed by an airstrike "
        "in Ghaziabad district, Kunar province. Zaher, also known as Asad, directed the "
        "movement of suicide bombers.",
    ),
    (
        1,
        2,
        "khost",
        "Security forces shot and killed an armed insurgent and detained two more in "
        "Terezayi district, Khost province, Friday.",
    ),
    (
        0,
        3,
        "herat",
        "Police in Herat province's Shindand district arrested three men carrying "
        "detonators. The three suspects were handed over to the National Directorate of "
        "Security.",
    ),
    (
        0,
        4,
        "zabul",
        "A combined force detained four suspected insurgents in Tarnak wa Jaldak "
        "district, Zabul province, Tuesday night. Among the four was a weapons dealer.",
    ),
    (
        1,
        1,
        "khost",
        "A combined force captured a Haqqani facilitator in Gurbuz district, Khost "
        "province, last night. During the operation the facilitator's bodyguard attacked "
        "the force and was killed.",
    ),
    (
        2,
        1,
        "logar",
        "A Taliban leader was captured in Pul-e 'Alam district, Logar province, last "
        "night. During the operation two insurgents displayed hostile intent and were "
        "killed by the security force.",
    ),
    (
        2,
        0,
        "kunar",
        "Coalition forces killed two al-Qaida operatives in an airstrike in Dangam "
        "district, Kunar province, Friday. The strike killed Abu Hafs, a Saudi, and his "
        "associate Waqas, a Pakistani.",
    ),
    (
        7,
        0,
        "kunar nangarhar",
        "Seven insurgents were killed in eastern Afghanistan yesterday. In Kunar "
        "province's Asmar district, an airstrike killed four insurgents. In Nangarhar "
        "province's Lal Pur district, three insurgents were killed by a patrol.",
    ),
    (
        0,
        4,
        "helmand",
        "Two separate operations in Helmand province led to the capture of four "
        "insurgents. In Marjah, Marines captured three insurgents. In Nad-e Ali, a fourth"
        " insurgent was captured.",
    ),
    (
        0,
        5,
        "helmand kandahar",
        "Afghan forces captured five insurgents in two operations yesterday. Three were "
        "captured in Now Zad district, Helmand province, and two were captured in "
        "Shorabak district, Kandahar province.",
    ),
    (
        1,
        1,
        "wardak logar",
        "A Taliban commander was killed in Jaghatu district, Wardak province. In "
        "neighboring Logar province, a bomb facilitator was captured in Baraki Barak "
        "district.",
    ),
    (
        1,
        2,
        "kandahar",
        "In Kandahar province, one insurgent was killed and one was detained in Zharay "
        "district yesterday. Also in Kandahar province, a patrol detained an insurgent in"
        " Maiwand district.",
    ),
    (
        0,
        4,
        "helmand khost",
        "Two Taliban leaders were detained in separate operations in Helmand province. In"
        " Khost province, two Haqqani facilitators were detained.",
    ),
    (
        2,
        0,
        "khost",
        "A suicide bomber and a gunman attacked a base in Khost province's Khost "
        "district. Both attackers were killed by security guards before reaching the "
        "gate.",
    ),
    (
        0,
        2,
        "kunduz",
        "Earlier today in Kunduz province's Chahar Darah district, an Afghan-led force "
        "captured two insurgents responsible for placing mines on roads.",
    ),
    (
        0,
        4,
        "helmand",
        "Afghan army commandos, mentored by coalition special operations forces, seized "
        "200 kilograms of heroin and detained four traffickers in Dishu district, Helmand"
        " province.",
    ),
    (
        0,
        1,
        "kandahar",
        "Soldiers found a man hiding in a tunnel in Zharay district, Kandahar province, "
        "and took him into custody.",
    ),
    (
        0,
        2,
        "uruzgan",
        "A patrol discovered two men digging a hole in the road in Chora district, "
        "Uruzgan province. The men were detained.",
    ),
    (
        2,
        0,
        "uruzgan",
        "Two men on motorcycles shot at a patrol in Shahid-e Hasas district, Uruzgan "
        "province. Soldiers returned fire and the two men were killed.",
    ),
    (
        0,
        5,
        "kabul",
        "Afghan intelligence officers broke up a suicide-bombing cell in Kabul city, "
        "Kabul province, arresting five members of the cell.",
    ),
)


@pytest.mark.parametrize(("killed", "captured", "provinces", "text"), RELEASES)
def test_people_told_again_and_several_operations_are_counted_once(
    killed: int, captured: int, provinces: str, text: str
) -> None:
    check_release(text, killed=killed, captured=captured, provinces=provinces)
