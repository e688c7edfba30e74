import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import closed_network
from tests.closed_network import LEAKED, NetworkClosed

SCRIPT = Path(closed_network.__file__)
ELSEWHERE = ("192.0.2.1", 9)

SWALLOWS = """
import socket
try:
    socket.create_connection(("192.0.2.1", 9), timeout=1)
except Exception:
    print("went on without it")
"""


def send_datagram(to: tuple[str, int]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as via:
        via.sendto(b"x", to)


@pytest.fixture
def forgiven() -> Iterator[None]:
    yield
    closed_network.attempts.clear()


@pytest.mark.usefixtures("forgiven")
@pytest.mark.parametrize(
    "leave",
    [
        lambda: socket.create_connection(ELSEWHERE, timeout=1),
        lambda: socket.getaddrinfo("service.example", 443),
        lambda: socket.gethostbyname("service.example"),
        lambda: send_datagram(ELSEWHERE),
    ],
    ids=["connect", "getaddrinfo", "gethostbyname", "sendto"],
)
def test_leaving_the_machine_is_refused_and_recorded(leave: Callable[[], object]) -> None:
    with pytest.raises(NetworkClosed):
        leave()
    assert len(closed_network.attempts) == 1


def test_loopback_and_unix_sockets_stay_open(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1),
    ):
        pass
    assert socket.getaddrinfo("localhost", 80)
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as caller:
        listener.bind(str(tmp_path / "s"))
        listener.listen()
        caller.connect(str(tmp_path / "s"))


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_a_run_that_swallows_the_refusal_still_fails(tmp_path: Path) -> None:
    (tmp_path / "leaky.py").write_text(SWALLOWS)
    outcome = run("leaky.py", cwd=tmp_path)
    assert "went on without it" in outcome.stdout
    assert outcome.returncode == LEAKED
    assert "192.0.2.1" in outcome.stderr


def test_a_run_that_stays_home_keeps_its_output_and_exit_status(tmp_path: Path) -> None:
    (tmp_path / "calm.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(3)\n")
    outcome = run("-m", "calm", "a", "-b", cwd=tmp_path)
    assert (outcome.stdout, outcome.returncode) == ("['a', '-b']\n", 3)
