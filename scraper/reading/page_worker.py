"""Reading a page in a process that can be ended: no page can hold up the server or the night's sync.

The process is started once and kept; each page costs about a millisecond more than reading it here. A page
that takes longer than the limit ends the process, not the caller; the next page gets a new one.
"""

from __future__ import annotations

import multiprocessing
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from scraper.model import PageSnapshot, ParsedPage
from scraper.outcomes import InTownError
from scraper.reading.guard import Unparsable, check
from scraper.reading.page import parse_page
from scraper.stages import NO_CORRECTIONS, Corrections

SECONDS = 10.0
STARTING_SECONDS = 30.0  # a new process imports the readers first; that is not the page's fault


class PageReader:
    """`parse_page` in a process of its own. Safe to call from several threads: pages are read one by one."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def parse_page(self, snapshot: PageSnapshot, *, corrections: Corrections = NO_CORRECTIONS) -> ParsedPage:
        """As scraper.reading.page.parse_page. Raises Unparsable after the time limit or if the process died."""
        check(snapshot)
        with self._lock:
            pipe = self._running()
            try:
                pipe.send((snapshot, corrections))
                if not pipe.poll(self._seconds):
                    raise Unparsable(
                        f"The page took longer than {self._seconds:.0f} seconds to read; nothing was changed."
                    )
                answer = pipe.recv()
            except (EOFError, OSError) as error:
                self._end()
                raise Unparsable("The page could not be read; nothing was changed.") from error
            except BaseException:  # also Ctrl-C: a half-read answer must not be taken for the next page's
                self._end()
                raise
        if isinstance(answer, ParsedPage):
            return answer
        raise answer

    def close(self) -> None:
        """End the process. The reader can be used again; it then starts a new one."""
        with self._lock:
            self._end()

    def __enter__(self) -> PageReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")  # fork is not safe beside the server's threads
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), name="intown-reader", daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        if not ours.poll(STARTING_SECONDS):
            self._end()
            raise InTownError("The reader did not start.")
        ours.recv()
        return ours

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._pipe = self._process = None


def _serve(pipe: Connection) -> None:
    """The process: a page in, what it says out, until the other end is gone."""
    try:
        pipe.send("ready")
        while True:
            pipe.send(_answer(*pipe.recv()))
    except (EOFError, OSError, KeyboardInterrupt):
        return  # also between start and "ready", or while a page was read: a server that ends waits for nobody


def _answer(snapshot: PageSnapshot, corrections: Corrections) -> ParsedPage | InTownError:
    try:
        return parse_page(snapshot, corrections=corrections)
    except InTownError as error:
        return error
    except Exception as error:  # the boundary: whatever a reader stumbles over, the caller gets a sentence
        return Unparsable(f"The page could not be read ({type(error).__name__}); nothing was changed.")
