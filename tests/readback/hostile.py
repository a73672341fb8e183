"""Articles whose texts, names and titles try to break every format."""

import json

BODY = (
    "The harbour office of Orvane closed the northern quay on Monday after a survey found cracks in "
    "four of its piles, and the ferries will leave from the fish market until the repairs are done. "
    "=HYPERLINK(\"http://vell.example\",\"open\") & <b>bold</b> ]]> <!-- -- --> <![CDATA[ \\\" \\N \\u{1}\n\n"
    "Engineers expect the work to take eleven weeks, said the office, which has asked the council for "
    "a grant of two million crowns and for leave to close the road beside the quay at night. "
    "\u2028\u2029 \U0001f6a2 \U00020bb7 \u0baf\u0bbe \u202etxt.exe\u202c \ufffe\uffff\n"
)

TITLES = [
    "=cmd|' /C calc'!A0",
    "+1+2",
    "-2+3",
    "@SUM(1+1)*cmd",
    "\t=1+1",
    "\r\n=1+1",
    "\uff1d1+1",
    "quotes \" ' `, commas, semicolons; tabs\tand\nlines\r\nand \\n \\",
    "<script>alert(1)</script>&amp;&#0;]]>",
    "\x00\x01\x07\x08\x0b\x0c\x1b[31m\x7f\x85\x9f\ufffe\uffff",
    "\U0001f6a2 \U0010ffff \u202eback\u202c \u200b\ufeff \u2028",
    "",
]


def write(path):
    """Writes one record a title: the same text, with a sentence of its own in every other one."""
    with open(path, "w", encoding="utf-8") as out:
        for number, title in enumerate(TITLES):
            own = f"Number {number} of this row was written by hand and stands nowhere else.\n" * (number % 2)
            record = {
                "id": f"{title}#{number}",
                "title": title,
                "outlet": f"{title} Gazette" if number % 3 else "A & B <Outlet>",
                "url": f"http://vell.example/{title}",
                "date": f"2025-10-31T08:{10 + number}:00+08:00",
                "text": BODY + own,
            }
            out.write(json.dumps(record) + "\n")
        # Ids that differ only in characters that XML does not have.
        for number, odd in enumerate(["odd\x01", "odd\x02", "odd\ufffd", "odd\ufffd{1}"]):
            record = {"id": odd, "text": f"Odd text number {number} has nothing in common with others."}
            out.write(json.dumps(record) + "\n")
