"""`mprctl` administers a router over the network: the choice of the account, the lists, a disconnect, `check`, and the errors.

The router is `router_pipe`'s own company, or one of a scenario with at least two sessions of different users."""

import argparse
import json
import os
import subprocess
import sys


class Tool:
    def __init__(self, arguments):
        self.arguments = arguments
        self.server = arguments.server
        self.logon = []
        if arguments.user:
            self.logon = ["--user", arguments.user, "--password-file", "-", *(["--ntlm"] if arguments.ntlm else [])]

    def run(self, *words, server=None, password=None, logon=None):
        """Runs a command, and returns its exit code and what it printed."""
        command = [self.arguments.mprctl, "--server", server or self.server, *(self.logon if logon is None else logon)]
        environment = {name: value for name, value in os.environ.items() if name != "MPRAPI_SIM_SCENARIO"}
        environment["MPRCTL_CONFIG"] = os.devnull
        done = subprocess.run([*command, *words], input=password or self.arguments.password, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        for text in (done.stdout, done.stderr):
            expect(self.arguments.password not in text, words, "the password is in the output", text)
        return done

    def rows(self, *words):
        """Runs a command that succeeds, and returns its rows."""
        done = self.run(*words, "--output", "json")
        expect(done.returncode == 0, words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)["rows"]

    def error(self, code, *words, **options):
        """Runs a command that fails with an exit code, and returns the server's error."""
        done = self.run(*words, "--output", "json", **options)
        expect(done.returncode == code, words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)["servers"][0]["error"]


def expect(is_right, *what):
    if not is_right:
        raise SystemExit("not as expected: " + "\n".join(map(str, what)))


def scenario(tool):
    report = tool.run("check")
    expect(report.returncode == 0, report.stdout, report.stderr)
    print(report.stdout, end="")
    host = tool.server.rsplit(":", 1)[0].strip("[]")
    for private in (host, host.split(".")[0] + ".", tool.arguments.user):
        expect(not private or private not in report.stdout, "private:", private, report.stdout)
    steps = [row["step"] for row in tool.rows("check") if row["outcome"] == "ok"]
    wanted = ["name", "route", "port", "SMB", "logon", "right", "service", "interface", "call"]
    expect(steps[:9] == wanted, steps)

    sessions = tool.rows("session", "list")
    users = [session["user"] for session in sessions]
    expect(len(users) >= 2, users)
    status = tool.rows("status")[0]
    expect(status["service"] == "running" and status["sessions"] == len(sessions), status)
    for words in (["port", "list"], ["interface", "list"], ["site", "list"], ["device", "list"], ["transport", "list"],
                  ["server", "show"], ["mib", "interfaces"], ["mib", "routes"], ["session", "show", users[0]]):
        expect(isinstance(tool.rows(*words), list), words)
    tool.rows("session", "disconnect", users[0], "--yes")
    left = [session["user"] for session in tool.rows("session", "list")]
    expect(sorted(left + [users[0]]) == sorted(users), users, left)
    watched = tool.run("watch", "--all", "--for", "1s", "--interval", "200ms", "--output", "ndjson")
    expect(watched.returncode == 0 and users[1] in watched.stdout, watched.stdout, watched.stderr)
    expect("each is read every 200 ms" in watched.stderr, watched.stderr)

    for words in (["config", "show"], ["user", "show", users[1]]):
        done = tool.run(*words)
        expect(done.returncode == 8 and "over the network" in done.stderr, words, done.returncode, done.stderr)
        expect("not-over-the-wire.md" in done.stderr, done.stderr)
    print(f"ok  mprctl: {len(users)} sessions, one of them ended; what the network does not have is said in words")


def denied(tool):
    """An account that is no administrator."""
    error = tool.error(4, "session", "list")
    expect(error["layer"] == "right" and error["code"] == 5, error)
    print("ok  mprctl: an account without the right is exit code 4, at the right")


def refused(tool):
    """A password that is wrong."""
    error = tool.error(4, "session", "list", password="Wrong-" + tool.arguments.password[::-1])
    expect(error["layer"] == "logon", error)
    print("ok  mprctl: a wrong password is exit code 4, at the logon")


def stopped(tool):
    """A server without the pipe."""
    error = tool.error(3, "status")
    expect(error["layer"] == "service" and error["kind"] == "no_service", error)
    print("ok  mprctl: a service that does not run is exit code 3, at the service")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mprctl", required=True)
    parser.add_argument("--server", required=True, help="NAME or NAME:PORT")
    parser.add_argument("--user", help="without one, the Kerberos ticket")
    parser.add_argument("--password", required=True)
    parser.add_argument("--ntlm", action="store_true")
    parser.add_argument("do", choices=["scenario", "denied", "refused", "stopped"])
    arguments = parser.parse_args()
    globals()[arguments.do](Tool(arguments))


if __name__ == "__main__":
    sys.exit(main())
