"""POST /api/recordings: "this page is not read well": keep a scrubbed copy that can be shown to others."""

from __future__ import annotations

from pathlib import Path

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel

from scraper.outcomes import InTownError, Turn
from scraper.store import View
from scraper.store_files import make_private_folder
from server.api.pages import PageIn, host_of, reader, snapshot_of
from server.errors import ApiError
from server.recording import StillPersonal, write_recording
from server.state import send, state

blueprint = APIBlueprint("recordings", __name__, url_prefix="/api", tag="Pages")


class RecordingOut(BaseModel):
    """Where the copy lies on this computer. It is sent nowhere; the person decides."""

    path: str


@blueprint.post("/recordings")
@blueprint.input(PageIn)
@blueprint.output(RecordingOut, status_code=201)
def record(json_data: PageIn) -> Response:
    """Write the page without names, mails, numbers and tokens into the folder of logs.

    The names known to the store (the user's, the recruiters', the user names of accounts) are taken out too.
    422 `still_personal` and no file when anything personal is left.
    """
    host_of(json_data.url)
    snapshot = snapshot_of(json_data)
    folder = state().home.make().logs / "recordings"
    make_private_folder(folder)
    out = _new_name(folder)
    try:
        reader().parse_page(
            snapshot
        )  # in its own process: a page beyond the limits is refused before it is scrubbed
        write_recording(snapshot, _names(state().store.read()), out, reader().parse_page)
    except StillPersonal as error:
        raise ApiError(
            422,
            "still_personal",
            error.sentence,
            turn=Turn.US,
            fix="Save the page from the browser and try `intown record FILE --name NAME`.",
        ) from error
    except InTownError as error:
        raise ApiError(422, "unparsable", error.sentence, turn=Turn.US) from error
    return send({"path": str(out)}, 201)


def _new_name(folder: Path) -> Path:
    stem = f"page-{state().clock():%Y%m%d-%H%M%S}"
    taken = {path.name for path in folder.iterdir()}
    names = (f"{stem}{f'-{n}' if n else ''}.html" for n in range(len(taken) + 1))
    return folder / next(name for name in names if name not in taken)


def _names(view: View) -> list[str]:
    me = view.get("settings", "me") or {}
    told = [str(me.get("name", ""))]
    told += [str(doc.get("name", "")) for doc in view.all("recruiters").values()]
    told += [str(doc.get("username", "")) for doc in view.all("accounts").values()]
    return [name for name in told if name]
