"""The client under test: the program `tests/examples/administer.rs`, which takes a command a line."""

import os
import re
import select
import subprocess
import time
from collections import namedtuple

# Seconds that no command takes: the client has limits of its own, which are much shorter.
HANG = 60

Answer = namedtuple("Answer", "ok words layer code milliseconds text")


class Administer:
    """A running client. Nothing that it says is lost: `said` is looked through for secrets."""

    def __init__(self, program, environment=None):
        self.said = ""
        self.child = subprocess.Popen([str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      env={**os.environ, "RUST_BACKTRACE": "1", **(environment or {})})

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.child.stdin.close()
        if kind is not None:
            self.child.kill()
        code = self.child.wait(30)
        rest = self.child.stdout.read().decode(errors="replace")
        self.said += rest
        if kind is None and (code != 0 or rest):
            raise SystemExit(f"the client has ended with {code}: {rest}")

    def begin(self, command):
        self.child.stdin.write(command.encode() + b"\n")
        self.child.stdin.flush()

    def finish(self, command):
        """Reads an answer. A client that hangs or crashes ends the lane."""
        line, end = b"", time.monotonic() + HANG
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.child.stdout], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise SystemExit(f"the client hangs in {command!r}; so far it has said\n{self.said}")
            more = os.read(self.child.stdout.fileno(), 65536)
            if not more:
                raise SystemExit(f"the client has crashed in {command!r} ({self.child.wait()}):\n{self.said}{line.decode()}")
            line += more
        text = line.decode()
        self.said += text
        if not re.match("ok|error", text):
            raise SystemExit(f"the client says {text!r} to {command!r}")
        words = text.split()
        if words[0] == "ok":
            return Answer(True, words[1:], None, 0, 0, text)
        return Answer(False, [], words[1], int(words[2]), int(words[3]), " ".join(words[4:]))

    def __call__(self, command):
        self.begin(command)
        return self.finish(command)

    def done(self, command):
        """Gives a command that must succeed, and returns the words of its answer."""
        answer = self(command)
        if not answer.ok:
            raise SystemExit(f"{command!r} has failed: {answer}")
        return answer.words

    @staticmethod
    def fails(answer, layer, code, *words):
        """Holds an answer against a layer, a code, and words that tell the reason."""
        missing = [word for word in words if word.lower() not in answer.text.lower()]
        if answer.ok or answer.layer != layer or answer.code != code or missing:
            raise SystemExit(f"what should fail in {layer} with {code} and say {words} has the answer {answer}")
        return answer

    def memory(self):
        """Returns the resident memory in KiB, and the numbers of threads and of open files."""
        return tuple(int(word) for word in self.done("memory"))

    def holds(self, secrets):
        """Returns the names of the secrets that are in the memory of the process, each with the kind of memory."""
        found = set()
        pid = self.child.pid
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                span, rights = line.split()[:2]
                if "w" not in rights:
                    continue
                first, last = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(first)
                    data = memory.read(last - first)
                except (OSError, ValueError):
                    continue
                place = (line.split() + ["other"])[5]
                found |= {f"{name} in {place}" for name, secret in secrets.items() if secret in data}
        return found
