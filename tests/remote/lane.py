"""The lane behind `cargo xtask remote`: programs that nobody here wrote judge the simulated router behind Samba.

It runs as root in namespaces of its own (`unshare`), so nothing that it starts or mounts outlives it. With `--loopback` it
runs on a port of the machine's own loopback interface, without what needs a namespace."""

import argparse
import contextlib
import difflib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import servers
from network import (ACCESS_DENIED, IMPACKET, INVALID_DATA, LOGON_FAILURE, PROTOCOL_ERROR, SECURITY_FAILED,
                     SERVER_UNAVAILABLE, UNKNOWN_AUTHENTICATION, UNKNOWN_INTERFACE, Network)
from servers import ADDRESS, HOST, PASSWORD, REALM, Domain, Standalone, run

HERE = Path(__file__).parent

# Debian's packages are seen by Debian's Python only.
SYSTEM_PYTHON = "/usr/bin/python3"

# The dialects and ciphers that impacket's SMB server speaks with us.
IMPACKET_SMB = (("3.1.1", "aes-128-gcm"), ("3.1.1", "aes-128-ccm"), ("3.0.2", "aes-128-ccm"), ("3.0", "aes-128-ccm"))

# Faults of impacket's RPC server, and what our client says to them.
FAULTS = {"unknown": ("interface", UNKNOWN_INTERFACE), "bare": ("interface", UNKNOWN_AUTHENTICATION),
          "unsealed": ("call", SECURITY_FAILED), "another": ("call", PROTOCOL_ERROR), "sizes": ("call", INVALID_DATA)}

# A name of the domain controller that is no principal.
OTHER_HOST = f"vpn9.{REALM.lower()}"

# The server of the scenario that the router serves.
SCENARIO_SERVER = "everything"

# The number of operations of the interface.
OPERATIONS = 53


class Lane:
    def __init__(self, arguments):
        self.arguments = arguments
        self.work = Path(arguments.work)
        self.venv = Path(arguments.venv) / "bin/python"
        self.times = []
        # What gives accounts to the server, if the machine's are not replaced.
        self.wrapper = {}

    @contextlib.contextmanager
    def step(self, name):
        start = time.monotonic()
        print(f"--- {name}", flush=True)
        yield
        self.times.append((name, time.monotonic() - start))

    def client(self, python, script, *arguments, **environment):
        """Runs a client; what it prints is a part of the lane's report."""
        command = [str(word) for word in (python, HERE / script, *arguments)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=180,
                              env={**os.environ, **environment})
        print("".join(f"    {line}\n" for line in done.stdout.splitlines() if "no network interfaces" not in line),
              end="", flush=True)
        if done.returncode != 0:
            raise SystemExit(f"{script} {' '.join(map(str, arguments))} failed ({done.returncode})")
        return done.stdout

    def impacket(self, server, minimum, do, *arguments, user="administrator", service=None, serving=None, **environment):
        """Has impacket use a router that was just started, or another one."""
        # The operations want a router that has something of everything.
        scenario = self.arguments.scenario if do == "operations" else None
        with serving or self.pipe(server, minimum, service, scenario):
            return self.client(self.venv, "impacket_client.py", "--server", server.host, "--port", server.port, "--domain",
                        server.domain, "--user", user, "--password", PASSWORD, *arguments, do, **environment)

    def samba(self, server, minimum, do, *arguments, user="administrator", service=None, serving=None, **environment):
        """Has python3-samba use a router that was just started, or another one."""
        conf, folder = self.work / "client.conf", self.work / "client"
        folder.mkdir(exist_ok=True)
        conf.write_text("[global]\n" + "".join(f"  {key} = {value}\n" for key, value in {
            "client min protocol": "SMB3_00", "client ipc min protocol": "SMB3_00", "smb ports": server.port,
            "workgroup": server.domain, "realm": REALM, "netbios name": "CLIENT", "interfaces": "127.0.0.1/8",
            "private dir": folder, "lock directory": folder, "state directory": folder, "cache directory": folder,
        }.items()))
        with serving or self.pipe(server, minimum, service):
            self.client(SYSTEM_PYTHON, "samba_client.py", "--conf", conf, "--server", server.host, "--domain",
                        server.domain, "--user", user, "--password", PASSWORD, *arguments, do, **environment)

    def pipe(self, server, minimum, service, scenario=None):
        return servers.pipe(self.arguments.pipe, server, scenario, minimum, service)

    def with_ntlm(self):
        """Returns a standalone server, and what tells its accounts to the router behind it."""
        accounts = self.work / "ntlm-accounts"
        accounts.write_text("".join(f"ROUTER1:{name}:{PASSWORD}\n" for name in ("administrator", "clerk")))
        accounts.chmod(0o600)
        server = Standalone(self.work / "standalone", "required", self.arguments.port, self.wrapper)
        return server, {"NTLM_USER_FILE": str(accounts)}

    def standalone(self):
        """SMB 3.1.1 with required encryption and NTLM."""
        server, ntlm = self.with_ntlm()
        with self.step("a standalone server and its clients"), server.running():
            with self.step("  impacket over NTLM"):
                self.impacket(server, "none", "scenario")
                self.impacket(server, "none", "operations")
                self.impacket(server, "none", "denied", user="clerk")
                self.impacket(server, "privacy", "denied")
            with self.step("  python3-samba over NTLM"):
                self.samba(server, "none", "scenario")
                self.samba(server, "none", "denied", user="clerk")
            with self.step("  python3-samba over NTLM, and SPNEGO with NTLM for integrity"):
                level = ["--level", "integrity"]
                self.samba(server, "integrity", "scenario", *level, service=ntlm)
                self.samba(server, "integrity", "scenario", *level, "--provider", "ntlm", service=ntlm)
                self.samba(server, "privacy", "denied", *level, service=ntlm)
            with self.step("  python3-samba and impacket over NTLM with packet privacy"):
                level = ["--level", "privacy"]
                self.samba(server, "privacy", "scenario", *level, service=ntlm)
                self.samba(server, "privacy", "scenario", *level, "--provider", "ntlm", service=ntlm)
                self.samba(server, "privacy", "denied", *level, user="clerk", service=ntlm)
                # This one has no accounts.
                self.samba(server, "privacy", "refused", *level)
                self.impacket(server, "privacy", "scenario", *level, service=ntlm)
                self.impacket(server, "privacy", "operations", *level, service=ntlm)
                self.impacket(server, "privacy", "tampered", *level, service=ntlm)
                self.impacket(server, "privacy", "weak", *level, service=ntlm)
                if "keys of 128 bits" not in servers.tail(server.folder / "pipe-privacy.out"):
                    raise SystemExit("the router does not say that the keys are short")

    def capture(self):
        """The same without encryption, seen by tshark."""
        file = self.work / "inside.pcapng"
        server = Standalone(self.work / "plain", "off", self.arguments.port, self.wrapper)
        with self.step("tshark"), server.running():
            with servers.recorded(file):
                self.impacket(server, "none", "scenario")
                self.impacket(server, "none", "operations")
            # On another port than 445, tshark does not know the hints of SPNEGO in Samba's negotiation (SMB's command 0).
            bad = servers.tshark(file, server.port, "(_ws.malformed || _ws.expert.severity == error) && !(smb2.cmd == 0)")
            if bad:
                raise SystemExit("tshark finds malformed packets or errors:\n" + "\n".join(bad))
            fields = servers.tshark(file, server.port, "dcerpc.pkt_type == 0", "dcerpc.opnum", "_ws.col.Protocol")
            requests = [line.split("\t") for line in fields]
            seen = {int(opnum) for opnum, _ in requests if opnum.isdigit()}
            if not set(range(OPERATIONS)) <= seen:
                raise SystemExit(f"tshark has not seen the operations {set(range(OPERATIONS)) - seen}")
            protocols = sorted({protocol for _, protocol in requests})
            answers = servers.tshark(file, server.port, "dcerpc.pkt_type == 2")
            print(f"    ok  tshark decodes {len(requests)} requests of {len(seen & set(range(OPERATIONS)))} operations "
                  f"({', '.join(protocols)}) and {len(answers)} responses, none malformed", flush=True)

    def domain(self):
        """Kerberos against a domain controller."""
        server = Domain(self.work / "domain")
        with self.step("a domain controller and its clients"), server.running():
            kerberos = {"KRB5_CONFIG": str(server.krb5_conf)}
            cache = self.work / "tickets"
            run(["kinit", "-c", cache, f"administrator@{REALM}"], input=PASSWORD + "\n", env={**os.environ, **kerberos})
            tickets = {**kerberos, "KRB5CCNAME": str(cache)}
            # impacket's own request for a service ticket has a checksum that this KDC refuses; it takes those of the cache.
            run(["kvno", f"cifs/{server.host}", f"host/{server.host}"], env={**os.environ, **tickets})
            service = {**kerberos, "KRB5_KTNAME": f"FILE:{server.keytab}"}
            both = {**tickets, "service": service}
            with self.step("  python3-samba with Kerberos"):
                privacy = ["--kerberos", "--level", "privacy"]
                integrity = ["--kerberos", "--level", "integrity"]
                self.samba(server, "privacy", "scenario", *privacy, **both)
                self.samba(server, "privacy", "scenario", *privacy, "--provider", "krb5", **both)
                self.samba(server, "integrity", "scenario", *integrity, **both)
                self.samba(server, "privacy", "denied", *integrity, **both)
                self.samba(server, "privacy", "denied", "--kerberos", **both)
            with self.step("  impacket with Kerberos"):
                for level in ("privacy", "integrity"):
                    self.impacket(server, level, "scenario", "--kerberos", ADDRESS, "--realm", REALM, "--level", level,
                                  **both)
            with self.step("  our client with Kerberos"):
                self.tickets(server, service, kerberos, tickets)

    def tickets(self, server, service, kerberos, tickets):
        """Our client with a ticket, and with tickets that are of no use."""
        client = Network(self, self.arguments.administer)
        caches = {name: {**kerberos, "KRB5CCNAME": str(self.work / f"tickets-{name}")} for name in ("clerk", "short", "none")}
        for name, account, life in (("clerk", "clerk", "1h"), ("short", "administrator", "2s")):
            kinit = ["kinit", "-l", life, "-c", caches[name]["KRB5CCNAME"], f"{account}@{REALM}"]
            run(kinit, input=PASSWORD + "\n", env={**os.environ, **kerberos})
        got = time.monotonic()
        with self.pipe(server, "privacy", service):
            client.works(server.host, "ticket", **tickets)
            client.refused(server.host, "ticket", "none", ACCESS_DENIED, "Administrators", environment=caches["clerk"])
            client.refused(server.host, "ticket", "logon", LOGON_FAILURE, "kinit", environment=caches["none"])
            client.refused(OTHER_HOST, "ticket", "logon", LOGON_FAILURE, "full DNS name", environment=tickets)
            client.refused(f"nobody.{REALM.lower()}", "ticket", "name", SERVER_UNAVAILABLE, environment=tickets)
            client.refused(server.host, client.kerberos(password="wrong"), "logon", LOGON_FAILURE, environment=kerberos)
            time.sleep(max(0, got + 3 - time.monotonic()))
            client.refused(server.host, "ticket", "logon", LOGON_FAILURE, "kinit", environment=caches["short"])
        with self.pipe(server, "privacy", service):
            self.tool(server.host, "scenario", **tickets)
        with self.pipe(server, "privacy", service):
            client.lean(server, "ticket", 20, 8, **tickets)
            client.c_program(self.arguments.library, server.host, tickets)
            client.works(server.host, client.kerberos(), **kerberos)
        client.refused(server.host, "ticket", "service", SERVER_UNAVAILABLE, "not running", environment=tickets)

    def judges(self):
        """impacket's servers, used by python3-samba: who judges our client is judged too."""
        server = Standalone(self.work / "standalone", "required", self.arguments.port, self.wrapper)
        privacy = ["--level", "privacy"]
        with self.step("impacket's servers and python3-samba"):
            with server.running():
                self.samba(server, None, "older", *privacy, serving=servers.impacket_router(self.venv, server))
            impacket = servers.Impacket(self.venv, self.work, self.arguments.port)
            for dialect, cipher in IMPACKET_SMB:
                self.samba(impacket, None, "older", *privacy, serving=impacket.running(dialect, cipher))

    def network(self):
        """Our client against smbd with NTLM, and against impacket's servers."""
        server, ntlm = self.with_ntlm()
        client = Network(self, self.arguments.administer)
        name = f"{server.host}:{server.port}"

        def router():
            return self.pipe(server, "privacy", ntlm)

        with self.step("our client over NTLM"), server.running():
            with self.step("  smbd and the simulated router"), router():
                client.works(name, client.ntlm())
                client.refused(name, client.ntlm("clerk"), "none", ACCESS_DENIED, "Administrators")
                client.refused(name, client.ntlm(password="wrong"), "logon", LOGON_FAILURE)
                client.refused(name, client.ntlm("stranger"), "logon", LOGON_FAILURE)
            client.refused(name, client.ntlm(), "service", SERVER_UNAVAILABLE, "not running")
            self.tool(name, "stopped", "--user", "administrator", "--ntlm")
            with self.step("  a C program and mprctl"), router():
                client.c_program(self.arguments.library, name, {
                    "MPRAPI_USER": "administrator", "MPRAPI_NTLM": "1", "MPRAPI_PASSWORD_FILE": str(client.passwords["right"])})
                for do, user in (("scenario", "administrator"), ("denied", "clerk"), ("refused", "administrator")):
                    self.tool(name, do, "--user", user, "--ntlm")
            with self.step("  the program for a real server"), self.pipe(server, "privacy", ntlm, self.arguments.scenario):
                self.real(client, name)
            with self.step("  a hostile network"), router():
                client.hostile(server, client.ntlm(), client.attacks())
            with self.step("  a slow network"), router():
                client.late(server, client.ntlm())
            with self.step("  answers that end in the middle"), router():
                client.cut(server, client.ntlm(), 15)
            with self.step("  again and again"), router():
                # gss-ntlmssp 1.2.0 keeps 6 kB of each credential.
                client.lean(server, client.ntlm(), 40, 10)
            with self.step("  the router goes and comes back"):
                client.back(server, client.ntlm(), router)
            with self.step("  many sessions"):
                self.crowd(client, server, ntlm, 500, False)
            with self.step("  impacket's RPC server"):
                keys = self.work / "rpc.keys"
                with servers.impacket_router(self.venv, server) as log:
                    client.older(name, client.ntlm())
                with servers.impacket_router(self.venv, server) as log:
                    client.once(server, client.ntlm(), log, IMPACKET)
                with servers.impacket_router(self.venv, server, "--keys", keys):
                    client.secrets(server, keys)
                for fault, (layer, code) in FAULTS.items():
                    with servers.impacket_router(self.venv, server, "--fault", fault):
                        client.refused(name, client.ntlm(), layer, code)
        client.refused(name, client.ntlm(), "port", SERVER_UNAVAILABLE)
        with self.step("  smbd without encryption, and older"):
            self.unfit(client)
        with self.step("  impacket's SMB server"):
            impacket = servers.Impacket(self.venv, self.work, self.arguments.port)
            for dialect, cipher in IMPACKET_SMB:
                keys = self.work / f"smb-{dialect}-{cipher}.keys"
                with impacket.running(dialect, cipher, keys) as log:
                    client.older(name, client.ntlm())
                    client.refused(name, client.ntlm(password="wrong"), "logon", LOGON_FAILURE)
                    if ("validated" in log.read_text()) != (dialect != "3.1.1"):
                        raise SystemExit("the client has not validated the negotiation where it must")
            with impacket.running("3.1.1", keys=keys):
                client.secrets(impacket, keys)
            with impacket.running("2.0.2"):
                client.refused(name, client.ntlm(), "SMB", SERVER_UNAVAILABLE, "SMB")

    def crowd(self, client, server, service, count, compare):
        """Many sessions: our client against the least round trips; and, if times are compared, against impacket and against
        bytes that nobody decodes."""
        scenario = self.work / "crowd.toml"
        session = ('\n[[server.session]]\nuser = "user.number{0:05}"\ntunnel = "ikev2"\ndomain = "CORP"\n'
                   'computer = "PC-{0:05}"\n')
        scenario.write_text(f'[[server]]\nname = "crowd"\n\n[[server.ports]]\ntunnel = "ikev2"\ncount = {count}\n' +
                            "".join(session.format(number) for number in range(count)))
        theirs = None
        with self.pipe(server, "privacy", service, scenario):
            if compare:
                # A part of them, or impacket would take minutes.
                said = self.impacket(server, "privacy", "speed", "--most", count // 10, "--level", "privacy",
                                     serving=contextlib.nullcontext())
                read, seconds = re.search(r"(\d+) sessions .* in ([0-9.]+) seconds", said).groups()
                theirs = float(seconds) * count / int(read)
            client.crowd(server, client.ntlm(), count, theirs)

    def speed(self):
        """The times of 10,000 sessions, for programs that were built to be fast."""
        server, ntlm = self.with_ntlm()
        with self.step("10,000 sessions"), server.running():
            self.crowd(Network(self, self.arguments.administer), server, ntlm, 10_000, True)

    def real(self, client, name):
        """Has the program for a real server ask a fresh router over the network and in its own process: it must find the
        same, record by record."""
        found = []
        for over, server in (("protocol", SCENARIO_SERVER), ("network", name)):
            records = self.work / f"real-{over}.txt"
            said = run([self.arguments.real], timeout=180, env={
                **os.environ, "REAL_OVER": over, "REAL_SERVER": server, "REAL_RECORDS": str(records), "REAL_WRITES": "1",
                "MPRAPI_SIM_SCENARIO": self.arguments.scenario, "REAL_USER": "administrator", "REAL_NTLM": "1",
                "REAL_PASSWORD_FILE": str(client.passwords["right"])})
            found.append((said, records.read_text()))
        if found[0] != found[1]:
            differ = difflib.unified_diff("".join(found[0]).splitlines(), "".join(found[1]).splitlines(), "protocol", "network", "", "")
            raise SystemExit("\n".join(differ))
        print("    ok  the same over the network and in one process: " + found[0][0].splitlines()[-1], flush=True)

    def tool(self, server, do, *arguments, **environment):
        """Has `mprctl` use a router."""
        self.client(SYSTEM_PYTHON, "tool.py", "--mprctl", self.arguments.mprctl, "--server", server, "--password", PASSWORD,
                    *arguments, do, **environment)

    def unfit(self, client):
        """Servers that do not do what is required."""
        for encrypt, dialects in (("off", ("SMB3_11", "SMB3_11")), ("desired", ("SMB2_02", "SMB2_10"))):
            server = Standalone(self.work / "unfit", encrypt, self.arguments.port, self.wrapper, dialects)
            with server.running(), self.pipe(server, "none", None):
                client.refused(f"{server.host}:{server.port}", client.ntlm(), "SMB", SERVER_UNAVAILABLE, "encrypt" if encrypt == "off" else "SMB")

    def scapy(self):
        """Has Scapy make the requests and answers that our encoder makes."""
        with self.step("Scapy's messages and ours"):
            messages = run([self.arguments.messages, "20"])
            print("    ok  " + run([self.venv, self.arguments.judge], input=messages).strip(), flush=True)


def prepare_namespace(work):
    """Gives this process accounts, names and folders of its own. All of it goes with the namespace."""
    etc = work / "etc"
    etc.mkdir(exist_ok=True)
    run(["mount", "--make-rprivate", "/"])
    for folder in ("/run/samba", "/var/lib/samba", "/var/cache/samba", "/var/log/samba"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        run(["mount", "-t", "tmpfs", "tmpfs", folder])
    users, groups = accounts()
    names = f"127.0.0.1 localhost\n{ADDRESS} {HOST}.{REALM.lower()} {HOST}\n{ADDRESS} {OTHER_HOST}\n"
    for name, text in {
        "passwd": Path("/etc/passwd").read_text() + users,
        "group": Path("/etc/group").read_text() + groups,
        "hosts": names,
        "resolv.conf": f"search {REALM.lower()}\nnameserver {ADDRESS}\n",
    }.items():
        (etc / name).write_text(text)
        run(["mount", "--bind", etc / name, f"/etc/{name}"])
    run(["hostname", HOST])
    run(["ip", "link", "set", "lo", "up"])
    run(["ip", "address", "add", f"{ADDRESS}/24", "dev", "lo"])


def wrapped_accounts(work):
    """Gives accounts to the server alone, by a library."""
    users, groups = accounts()
    (work / "passwd").write_text(Path("/etc/passwd").read_text() + users)
    (work / "group").write_text(Path("/etc/group").read_text() + groups)
    return {"LD_PRELOAD": "libnss_wrapper.so", "NSS_WRAPPER_PASSWD": str(work / "passwd"),
            "NSS_WRAPPER_GROUP": str(work / "group")}


def accounts():
    """Returns the lines of the accounts and groups of the standalone server."""
    users = "administrator:x:64001:64001::/nonexistent:/bin/false\nclerk:x:64002:64002::/nonexistent:/bin/false\n"
    return users, "administrator:x:64001:\nclerk:x:64002:\nrrasadmins:x:64003:administrator\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("work", "venv", "pipe", "messages", "judge", "scenario", "administer", "real"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("mprctl", "library"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--loopback", action="store_true", help="without namespaces")
    parser.add_argument("--only", action="append", choices=["standalone", "capture", "judges", "network", "domain", "speed"])
    arguments = parser.parse_args()
    arguments.port = 1445 if arguments.loopback else 445
    # The first process of a namespace has no handler of its own, and what it has started must end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    lane = Lane(arguments)
    parts = ["standalone", "capture", "judges", "network", "domain"]
    if arguments.loopback:
        # A domain controller needs ports and names that the machine may use otherwise.
        parts.remove("domain")
        if os.geteuid() != 0:
            print("smbd needs root: only Scapy's messages are compared", flush=True)
            parts = []
        lane.wrapper = wrapped_accounts(lane.work)
    else:
        prepare_namespace(lane.work)
    if not arguments.only:
        lane.scapy()
    for part in arguments.only or parts:
        getattr(lane, part)()
    for name, seconds in lane.times:
        print(f"{name:<64} {seconds:6.1f} s")


if __name__ == "__main__":
    sys.exit(main())
