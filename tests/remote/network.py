"""Our client over the network, against servers that nobody here wrote, on networks that are bad or hostile."""

import contextlib
import os
import shutil

import proxy
import records
import servers
from administer import HANG, Administer
from servers import HERE, PASSWORD, REALM, run

# The codes that `mprapi.h`'s callers know.
ACCESS_DENIED, INVALID_DATA, LOGON_FAILURE, SERVER_UNAVAILABLE, CALL_FAILED = 5, 13, 1326, 1722, 1726
UNKNOWN_INTERFACE, UNKNOWN_AUTHENTICATION, SECURITY_FAILED, PROTOCOL_ERROR = 1717, 1821, 1825, 1728
# Each of them says that a call has not been made, or not to its end.
FAILURES = {LOGON_FAILURE, SERVER_UNAVAILABLE, CALL_FAILED, UNKNOWN_INTERFACE, UNKNOWN_AUTHENTICATION, SECURITY_FAILED,
            PROTOCOL_ERROR}
SESSIONS = {rf"CORP\{user}" for user in records.USERS}
IMPACKET = {r"NORTH\inger", r"NORTH\omar", "NORTH\\zoë"}
# The bytes in front of a small answer: the length, the header of encryption, the header of SMB, and those of a read and of RPC.
FRAMES = 4 + 52 + 64 + 16 + 24
# What the client may take for a call that gets no answer, in milliseconds, and what a busy machine may add.
LIMIT, SLACK = 700, 4000


class Network:
    """The client with an account, and what it must do."""

    def __init__(self, lane, program):
        self.lane, self.program, self.said = lane, program, []
        self.passwords = {}
        for name, text in (("right", PASSWORD), ("wrong", "Another-One")):
            file = lane.work / f"password-{name}"
            file.write_text(text + "\n")
            file.chmod(0o600)
            self.passwords[name] = file

    @contextlib.contextmanager
    def client(self, account, **environment):
        with Administer(self.program, environment) as client:
            client.done(f"account {account}")
            client.done(f"limits {20 * LIMIT} {20 * LIMIT}")
            yield client
        if PASSWORD in client.said:
            raise SystemExit(f"the client has printed the password:\n{client.said}")

    def ntlm(self, user="administrator", password="right"):
        return f"ntlm {user} {self.passwords[password]}"

    def kerberos(self, user=f"administrator@{REALM}", password="right"):
        return f"kerberos {user} {self.passwords[password]}"

    @staticmethod
    def attempt(client, name, command="sessions"):
        """Connects and makes calls. Returns the answer to what failed first."""
        answer = client(f"open {name}")
        return client(command) if answer.ok else answer

    @staticmethod
    def sessions(client, expected):
        words = client.done("sessions")
        records.expect("the sessions", set(words[2:]), expected)

    @staticmethod
    def say(text):
        print(f"    ok  {text}", flush=True)

    # ---- what works

    def works(self, server, account, expected=SESSIONS, **environment):
        """Lists the sessions and the interfaces, and ends a session."""
        with self.client(account, **environment) as client:
            client.done(f"open {server}")
            self.sessions(client, expected)
            if int(client.done("interfaces")[0]) < 3:
                raise SystemExit("too few interfaces")
            ended = sorted(expected)[-1]
            client.done(f"end {ended.split(chr(92))[1]}")
            self.sessions(client, expected - {ended})

    def older(self, server, account, environment=None):
        """Lists the sessions of a router that knows levels 0 and 1 only."""
        with self.client(account, **(environment or {})) as client:
            client.done(f"open {server}")
            self.sessions(client, IMPACKET)
            client.done("message omar the router restarts at noon")
            client.done("end inger")
            self.sessions(client, IMPACKET - {r"NORTH\inger"})

    def c_program(self, library, server, environment):
        """A C program that links the library lists the users."""
        folder = self.lane.work / "c"
        folder.mkdir(exist_ok=True)
        shutil.copy(library, folder / "libmprapi.so")
        root = HERE.parents[1]
        run(["cc", "-o", folder / "sessions", "-I", root / "mprapi-rpc/dll/include", "-I", root / "tests/c",
             root / "tests/c/network.c", "-L", folder, f"-Wl,-rpath,{folder}", "-lmprapi"])
        said = run([folder / "sessions", server], env={**os.environ, **environment})
        records.expect("the users of the C program", set(said.split()), set(records.USERS))
        self.say("a C program with the library lists the sessions")

    # ---- refusals

    def refused(self, server, account, layer, code, *words, environment=None):
        """A connection that must not be made, and the reason that the client gives."""
        with self.client(account, **(environment or {})) as client:
            return client.fails(self.attempt(client, server), layer, code, *words)

    def hostile(self, server, account, plans):
        """Each plan changes what travels, and none of the calls may succeed. Behind it, the next connection of the same process
        works, unless the password seemed to be refused: it is not tried again so soon."""
        kinds, rests = {}, 0
        with proxy.Proxy((server.host, server.port)) as between:
            for name, plan in plans.items():
                with self.client(account) as client:
                    client.done(f"limits {LIMIT} {LIMIT}")
                    between.plan = plan
                    answer = self.attempt(client, f"{server.host}:{between.port}")
                    if answer.ok:
                        raise SystemExit(f"{name}: the client has taken it: {answer.words}")
                    if answer.code not in FAILURES:
                        raise SystemExit(f"{name}: {answer}")
                    if answer.milliseconds > 2 * LIMIT + SLACK:
                        raise SystemExit(f"{name}: {answer.milliseconds} ms for a limit of {LIMIT}")
                    client.done("close")
                    kinds[name] = answer
                    between.plan = proxy.Pass
                    later = self.attempt(client, f"{server.host}:{between.port}")
                    if not later.ok and not (answer.code == later.code == LOGON_FAILURE and "not tried again" in later.text):
                        raise SystemExit(f"{name}, and then: {later}")
                    rests += not later.ok
            if rests > len(plans) / 4:
                raise SystemExit(f"after {rests} of {len(plans)} changes the password is not tried again")
        for name, answer in kinds.items():
            reason = answer.text.rsplit("): ", 1)[-1]
            print(f"        {name}: {answer.layer}, {answer.code}: {reason}", flush=True)
        self.say(f"{len(plans)} changes on the way are refused")
        return kinds

    @staticmethod
    def attacks():
        """Changes that the first messages of a connection can meet."""
        answer, request = proxy.ANSWER, proxy.REQUEST
        return {
            "signing is taken out": proxy.WithoutSigning,
            "encryption is taken out of the request": lambda: proxy.WithoutEncryption(request),
            "encryption is taken out of the answer": lambda: proxy.WithoutEncryption(answer),
            "only 2.1 is offered": lambda: proxy.Dialects(0x0210),
            "only 3.0 is offered": lambda: proxy.Dialects(0x0300),
            "only 3.0.2 is offered": lambda: proxy.Dialects(0x0302),
            "2.1 is chosen": lambda: proxy.Chosen(0x0210),
            "3.0.2 is chosen": lambda: proxy.Chosen(0x0302),
            "the last answer of the logon has no signature": proxy.WithoutSignature,
            "the session needs no encryption": proxy.WithoutFlag,
            "the session is a guest's": proxy.Guest,
            **{f"a bit of answer {number} is changed": lambda number=number: proxy.Flip(answer, number, 200 + 37 * number)
               for number in range(8)},
            **{f"a bit of request {number} is changed": lambda number=number: proxy.Flip(request, number, 90 + 37 * number)
               for number in range(8)},
            **{f"answer {number} has 16 MB": lambda number=number: proxy.Huge(number) for number in (0, 2, 6)},
            **{f"answer {number} is an error that nobody signed": lambda number=number: proxy.Plain(number, 0xC0000034)
               for number in (2, 3, 4, 5)},
        }

    def late(self, server, account):
        """Each answer in turn stays away, and others come too late. The limit holds, and the next connection works."""
        with proxy.Proxy((server.host, server.port)) as between, self.client(account) as client:
            client.done(f"limits {LIMIT} {LIMIT}")
            client.done(f"open {server.host}:{between.port}")
            client.done("interfaces")
            count, threads = between.answers, client.memory()[1]
            plans = {f"answer {number} stays away": lambda number=number: proxy.Stall(number) for number in range(count)}
            plans["answer 2 comes too late"] = lambda: proxy.Stall(2, 2 * LIMIT / 1000)
            plans[f"answer {count - 1} comes byte by byte"] = lambda: proxy.Trickle(count - 1, 0.02)
            for name, plan in plans.items():
                between.close()
                between.plan = plan
                answer = self.attempt(client, f"{server.host}:{between.port}", "interfaces")
                if answer.ok or not LIMIT / 2 < answer.milliseconds < 2 * LIMIT + SLACK:
                    raise SystemExit(f"{name}: {answer}")
                between.plan = proxy.Pass
                answer = self.attempt(client, f"{server.host}:{between.port}", "interfaces")
                if not answer.ok:
                    raise SystemExit(f"{name}, and then: {answer}")
                client.done("close")
            # A thread that waits for an answer would still be there.
            records.expect("the threads", client.memory()[1], threads)
            self.say(f"{len(plans)} answers that stay away or come late end within the limit, and leave no thread")

    def cut(self, server, account, most):
        """The connection ends after so many of the server's bytes: at a spread of places on the way to the call, and in the
        answer to it at every other byte of the frames and then at a spread."""
        with proxy.Proxy((server.host, server.port)) as between, self.client(account) as client:
            client.done(f"open {server.host}:{between.port}")
            client.done("interfaces")
            client.done("close")
            between.close()
            sizes = list(between.sizes)
            # The last answers are those to the goodbye.
            before, call = sum(sizes[:-3]), sizes[-3]
            places = sorted({*range(0, before, max(1, before // most)), *range(before, before + FRAMES, 2),
                             *range(before + FRAMES, before + call, max(1, call // most))})
            wrong = 0
            for place in places:
                between.plan = lambda place=place: proxy.Cut(place)
                answer = self.attempt(client, f"{server.host}:{between.port}", "interfaces")
                wrong += not answer.ok
                if not answer.ok and answer.code not in FAILURES:
                    raise SystemExit(f"cut after {place} bytes: {answer}")
                client.done("close")
            if wrong < len(places) * 0.9:
                raise SystemExit(f"{wrong} of {len(places)} cut connections have failed: {sizes}")
            self.say(f"an answer cut at {len(places)} places is a failure of its layer")

    def once(self, server, account, log, expected):
        """The answer to each message in turn is lost: a change that the server has got is not sent again."""
        def told():
            return log.read_text().count("message for")

        with proxy.Proxy((server.host, server.port)) as between, self.client(account) as client:
            client.done(f"open {server.host}:{between.port}")
            self.sessions(client, expected)
            client.done("message omar first")
            records.expect("the messages", told(), 1)
            count = between.answers
            lost = kept = 0
            for number in range(count + 2):
                between.close()
                between.plan = lambda number=number: proxy.Drop(number)
                before = told()
                self.attempt(client, f"{server.host}:{between.port}")
                answer = client("message omar again")
                now = told() - before
                if now > 1:
                    raise SystemExit(f"the server has got {now} messages; answer {number} was lost: {answer}")
                if answer.ok and now != 1:
                    raise SystemExit(f"the client says that it was sent; answer {number} was lost")
                lost += now == 1 and not answer.ok
                kept += answer.ok
                client.done("close")
            if lost == 0:
                raise SystemExit("no answer to a message was lost")
            self.say(f"{count + 2} times an answer is lost: no message is sent twice ({kept} answered, {lost} unknown)")

    def back(self, server, account, restart):
        """A server goes and comes back, and the handle works again. `restart` makes contexts of a running service."""
        with self.client(account) as client:
            with restart():
                client.done(f"open {server.host}:{server.port}")
                self.sessions(client, SESSIONS)
            for _ in range(2):
                answer = client("sessions")
                if answer.ok or answer.code not in (SERVER_UNAVAILABLE, CALL_FAILED):
                    raise SystemExit(f"without the server: {answer}")
                with restart():
                    self.sessions(client, SESSIONS)
            self.say("a server that goes and comes back")

    def lean(self, server, account, times, each, **environment):
        """Connecting again and again takes no more threads and files, and at most so many KiB for each connection."""
        with self.client(account, **environment) as client:
            def again(count):
                for _ in range(count):
                    client.done(f"open {server.host}:{server.port}")
                    client.done("sessions")
                    client.done("close")
                return client.memory()

            first = again(times // 2)
            last = again(times)
            if last[1:] != first[1:] or last[0] > first[0] + times * each:
                raise SystemExit(f"KiB, threads and files: {first}, after {times} more connections {last}")
            self.say(f"{times} connections later: KiB, threads and files {first} then {last}")

    def secrets(self, server, keys):
        """Once an account is taken back, neither the password nor a key is in the memory of the process, nor in what the
        client and the server's log have said."""
        with self.client(self.ntlm()) as client:
            texts = {"the password": PASSWORD.encode(), "the password in UTF-16": PASSWORD.encode("utf-16-le")}
            client.done(f"open {server.host}:{server.port}")
            client.done("sessions")
            if not client.holds(texts):
                raise SystemExit("the search in the memory finds nothing, though the account is there")
            client.done("close")
            client.done("account ticket")
            found = {f"key {number}": bytes.fromhex(line) for number, line in enumerate(keys.read_text().split())}
            if len(found) < 6:
                raise SystemExit(f"the server has noted {len(found)} keys")
            left = client.holds({**texts, **found})
            if left:
                raise SystemExit(f"still in the memory: {sorted(left)}")
            shown = [name for name, key in found.items() if key.hex() in client.said]
            records.expect("the keys that were printed", shown, [])
            self.say(f"the password and {len(found)} keys are neither in the memory nor in what was said")

    def crowd(self, server, account, count, theirs):
        """Reads many sessions in as few round trips as can be. `theirs` is the time of impacket for as many, in seconds, if the
        times are compared."""
        with proxy.Proxy((server.host, server.port)) as between, self.client(account) as client:
            client.done(f"limits {1000 * HANG} {1000 * HANG}")
            client.done(f"open {server.host}:{between.port}")
            client.done("interfaces")
            asked, got = between.requests, between.bytes[1]
            records.expect("the sessions", int(client.done("sessions")[0]), count)
            asked, got = between.requests - asked, between.bytes[1] - got
            client.done(f"open {server.host}:{server.port}")
            times = [[int(client.done(command)[number]) for command, number in (("sessions", 1), ("raw", 0))]
                     for _ in range(3 if theirs else 1)]
            length, least = (int(word) for word in client.done("raw")[1:])
        ours, raw = (min(column) / 1000 for column in zip(*times, strict=True))
        print(f"        {count} sessions: {asked} round trips, {least} at least; {got:,} bytes for stubs of {length:,}", flush=True)
        records.expect("the round trips", asked, least)
        if theirs:
            print(f"        ours {ours:.3f} s, the same bytes without decoding {raw:.3f} s, impacket {theirs:.3f} s: "
                  f"{ours / raw:.2f} times the bytes, impacket {theirs / ours:.0f} times ours", flush=True)
            if theirs < 20 * ours or ours > 1.3 * raw:
                raise SystemExit("that is too slow")
