"""The columns of other trackers' lists, in four languages, and what the person says of them."""

from __future__ import annotations

import pytest

from server.portable.columns import NoColumns, match

HEADERS = {
    "Simplify": ("Job Title,Company Name,Job URL,Applied Date,Status,Status Date,Archived,Date Archived,Notes",
                 {"title": "Job Title", "company": "Company Name", "url": "Job URL", "applied_on": "Applied Date",
                  "status": "Status", "notes": "Notes"}),
    "Teal": ("Job Position,Company,Max. Salary,Location,Status,Date Saved,Deadline,Date Applied,Follow up,Excitement",
             {"title": "Job Position", "company": "Company", "location": "Location", "status": "Status",
              "applied_on": "Date Applied"}),
    "Huntr": ("Title,Company,List,Location,Post URL,Date Added,Date Applied,Job Description",
              {"title": "Title", "company": "Company", "status": "List", "location": "Location", "url": "Post URL",
               "applied_on": "Date Applied"}),
    "Notion": ("Name,Company,Stage,Date Applied,Link,Comments",
               {"title": "Name", "company": "Company", "status": "Stage", "applied_on": "Date Applied", "url": "Link",
                "notes": "Comments"}),
    "Name is the employer": ("Name,Position,Status", {"company": "Name", "title": "Position", "status": "Status"}),
    "Sheets": ("Employer,Role,Status,Date of application,City,Req ID,Remarks",
               {"company": "Employer", "title": "Role", "status": "Status", "applied_on": "Date of application",
                "location": "City", "requisition": "Req ID", "notes": "Remarks"}),
    "with words round it": ("Company Name (full),Job Title *,Status",
                            {"company": "Company Name (full)", "title": "Job Title *", "status": "Status"}),
    "Spanish": ("Empresa;Puesto;Estado;Fecha de postulación;Ubicación;Enlace;Notas",
                {"company": "Empresa", "title": "Puesto", "status": "Estado", "applied_on": "Fecha de postulación",
                 "location": "Ubicación", "url": "Enlace", "notes": "Notas"}),
    "French": ("Entreprise;Intitulé du poste;Statut;Date de candidature;Ville;Lien de l'offre;Commentaires",
               {"company": "Entreprise", "title": "Intitulé du poste", "status": "Statut",
                "applied_on": "Date de candidature", "location": "Ville", "url": "Lien de l'offre",
                "notes": "Commentaires"}),
    "German": ("Firma;Stelle;Status;Beworben am;Arbeitsort;Stellenanzeige;Kennziffer;Bemerkungen",
               {"company": "Firma", "title": "Stelle", "status": "Status", "applied_on": "Beworben am",
                "location": "Arbeitsort", "url": "Stellenanzeige", "requisition": "Kennziffer",
                "notes": "Bemerkungen"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_columns_by_their_meaning(name: str) -> None:
    line, expected = HEADERS[name]
    header = line.split(";" if ";" in line else ",")
    assert {field: header[column] for field, column in match(header).columns.items()} == expected


def test_what_is_not_used_is_said() -> None:
    assert match(["Title", "Company", "Salary", ""]).unused == ("Salary",)


def test_the_person_has_the_last_word() -> None:
    header = ["Title", "Company", "Status", "Where I stand"]
    assert match(header, ["where i stand=status"]).columns["status"] == 3
    assert "status" not in match(header, ["Status=-"]).columns
    assert match(["A=B", "x"], ["A=B=title"]).columns == {"title": 0}


@pytest.mark.parametrize(
    ("header", "wishes", "words"),
    [
        (["Salary", "Company"], [], "--column 'NAME=title'"),
        (["Title"], ["Title"], "write NAME=FIELD"),
        (["Title"], ["Title=colour"], "write NAME=FIELD"),
        (["Title"], ["Titel=title"], "There is no column 'Titel'"),
    ],
)
def test_columns_that_cannot_be_understood(header: list[str], wishes: list[str], words: str) -> None:
    with pytest.raises(NoColumns, match=words):
        match(header, wishes)
