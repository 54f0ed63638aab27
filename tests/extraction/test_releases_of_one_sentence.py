"""Releases of a command in one sentence or two: who was killed, who is held, and where."""

import pytest
from releases import check_release

RELEASES = (
    (
        0,
        2,
        "logar",
        "Two suspected insurgents were taken into custody by a combined patrol in Pul-e "
        "'Alam district, Logar province, yesterday.",
    ),
    (
        0,
        2,
        "helmand",
        "Marines on patrol in Musa Qala, Helmand province, caught two men transporting "
        "bomb components.",
    ),
    (
        0,
        3,
        "kandahar",
        "The operation netted three suspected insurgents in Shah Wali Kot district, "
        "Kandahar province.",
    ),
    (
        0,
        2,
        "kabul",
        "Afghan special police took two suspected Haqqani operatives into custody in "
        "Kabul, Kabul province.",
    ),
    (
        0,
        3,
        "kunar",
        "A search in Narang district, Kunar province, resulted in three detentions.",
    ),
    (
        0,
        1,
        "kandahar",
        "A known bomb maker, wanted in connection with a blast that wounded four "
        "soldiers, is now in Afghan custody after an operation in Nesh district, Kandahar"
        " province.",
    ),
    (
        2,
        0,
        "helmand",
        "Two men on a motorcycle refused to stop and pointed weapons at the troops, who "
        "killed both of them in Nad-e Ali district, Helmand province.",
    ),
    (
        0,
        2,
        "kandahar",
        "Detained were a Taliban weapons facilitator and his driver, both from Maiwand "
        "district, Kandahar province.",
    ),
    (
        3,
        0,
        "kunar",
        "Killed in the strike in Chapah Darah district, Kunar province, were three "
        "Taliban fighters.",
    ),
    (
        0,
        3,
        "khost",
        "Among the three men detained in Alisher district, Khost province, was a Haqqani leader.",
    ),
    (
        0,
        1,
        "zabul",
        "A Taliban sub-commander who planned the murder of a district governor was "
        "captured Saturday in Daychopan district, Zabul province.",
    ),
    (
        3,
        0,
        "kandahar",
        "Coalition helicopters attacked insurgents who were laying mines near Kandahar "
        "City, Kandahar province, killing three of them.",
    ),
    (
        0,
        14,
        "baghlan",
        "Fourteen Taliban fighters, led by Mullah Hanif, handed over their weapons and "
        "joined the government in Burkah district, Baghlan province.",
    ),
    (
        0,
        1,
        "kunduz",
        "Afghan special forces freed two hostages and arrested a kidnapper in Kunduz "
        "city, Kunduz province.",
    ),
    (
        0,
        2,
        "helmand",
        "Afghan patrolmen recovered 12 pressure plates and arrested two brothers in "
        "Nahr-e Saraj district, Helmand province.",
    ),
    (
        1,
        0,
        "paktiya",
        "An armed insurgent, who was hiding behind a wall, was killed by the assault "
        "force in Jaji district, Paktiya province.",
    ),
    (
        2,
        0,
        "kandahar",
        "An explosion killed two insurgents who were transporting a bomb on a motorcycle "
        "in Arghandab, Kandahar province.",
    ),
    (
        0,
        4,
        "takhar",
        "In Rustaq district, Takhar province, a raid on a compound yielded four detainees"
        " and a stockpile of rockets.",
    ),
    (
        0,
        2,
        "kandahar",
        "Two insurgents suspected of producing homemade explosives are in custody "
        "following an operation in Zharay district, Kandahar province.",
    ),
    (
        0,
        5,
        "ghazni",
        "Of the seven men questioned in Ab Band district, Ghazni province, five were detained.",
    ),
    (
        0,
        1,
        "ghazni",
        "A man who admitted to being a Taliban member was detained in Moqor district, "
        "Ghazni province.",
    ),
    (
        0,
        2,
        "khost",
        "A Haqqani cell leader and an explosives expert are in custody after a raid in "
        "Qalandar district, Khost province.",
    ),
    (
        0,
        1,
        "baghlan",
        "A Taliban leader wanted for the murder of two Afghan officials was detained by a"
        " combined force in Pul-e Khumri district, Baghlan province.",
    ),
    (
        1,
        0,
        "paktika",
        "Haqqani commander Jan Agha was among those killed in an airstrike in Gomal "
        "district, Paktika province.",
    ),
    (
        2,
        4,
        "kunduz",
        "During the operation in Khanabad district, Kunduz province, multiple armed "
        "insurgents engaged the force. The force responded, killing two. Four suspected "
        "insurgents were detained.",
    ),
    (
        0,
        2,
        "khost",
        "The Haqqani leader and a second Haqqani insurgent were captured in Mandozai "
        "district, Khost province.",
    ),
    (
        1,
        0,
        "kandahar",
        "A would-be suicide bomber was shot and killed by police before he could detonate"
        " his vest in Kandahar City, Kandahar province.",
    ),
    (
        1,
        0,
        "zabul",
        "During the operation an armed man threatened the force and was shot and killed "
        "in Qalat district, Zabul province.",
    ),
    (
        0,
        3,
        "khost",
        "Three men armed with AK-47s were detained in Khost province when a patrol "
        "stopped their car.",
    ),
    (
        0,
        1,
        "parwan",
        "A man trying to plant a bomb along Highway 1 was caught by Afghan police and "
        "turned over to coalition forces in Parwan province.",
    ),
    (
        1,
        0,
        "kunar",
        "Al-Qaida leader killed in Kunar. KABUL, Afghanistan - Coalition forces killed a "
        "senior al-Qaida leader during an airstrike in Dangam district, Kunar province, "
        "Friday. The leader, Abu Hafs, was a Saudi national.",
    ),
    (
        2,
        0,
        "helmand",
        "A sniper team killed two insurgents armed with machine guns in Sangin, Helmand province.",
    ),
    (
        1,
        0,
        "laghman",
        "Shahin, a Taliban operative responsible for ambushes on convoys, was killed in a"
        " strike in Qarghah'i district, Laghman province, last week, ISAF confirmed "
        "today.",
    ),
    (
        2,
        3,
        "helmand",
        "Coalition forces killed two insurgents and wounded three in Gereshk, Helmand "
        "province. The three wounded were evacuated for treatment and are being held.",
    ),
    (
        4,
        3,
        "wardak",
        "The operation in Nerkh district of Wardak province left four insurgents dead and"
        " three in custody.",
    ),
    (
        0,
        1,
        "faryab",
        "The security force nabbed a suspected Taliban bomb expert in Qaisar district, "
        "Faryab province.",
    ),
)


@pytest.mark.parametrize(("killed", "captured", "provinces", "text"), RELEASES)
def test_a_release_of_few_words_tells_killed_captured_and_province(
    killed: int, captured: int, provinces: str, text: str
) -> None:
    check_release(text, killed=killed, captured=captured, provinces=provinces)
