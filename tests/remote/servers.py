"""The programs of the lane: Samba as a standalone server or as a domain controller, the simulated router behind it, and
a recorder of packets. Each is a context that ends its processes."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PASSWORD = "Simul4ted-Router"
REALM = "RRAS.TEST"
DOMAIN = "RRAS"
HOST = "dc1"
ADDRESS = "10.53.0.1"

HERE = Path(__file__).parent

# Seconds that a server may take to be there.
START = 60


def run(command, **options):
    """Runs a command whose output is shown only if it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} failed ({done.returncode}):\n{done.stdout}")
    return done.stdout


def tshark(file, port, shown, *fields):
    """Returns what tshark says of the packets that a filter shows: a line each, or the fields of each."""
    words = ["-T", "fields"] if fields else []
    for field in fields:
        words += ["-e", field]
    command = ["tshark", "-r", file, "-d", f"tcp.port=={port},nbss", "-Y", shown, *words]
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"tshark failed ({done.returncode}):\n{done.stderr}")
    return done.stdout.splitlines()


def wait_for(what, is_there, process=None, log=None):
    """Waits until `is_there` returns a true value."""
    end = time.monotonic() + START
    while not is_there():
        if process is not None and process.poll() is not None:
            raise SystemExit(f"{what} has ended ({process.returncode}):\n{tail(log)}")
        if time.monotonic() > end:
            raise SystemExit(f"{what} is not there after {START} seconds:\n{tail(log)}")
        time.sleep(0.05)


def tail(log):
    return "" if log is None or not Path(log).exists() else "\n".join(Path(log).read_text(errors="replace").splitlines()[-30:])


def listens(address, port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


@contextlib.contextmanager
def process(command, log, **options):
    """Runs a program in a group of its own, and ends the whole group."""
    with open(log, "ab") as output:
        child = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
                                 stderr=output, start_new_session=True, **options)
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            pass
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


class Standalone:
    """smbd alone, with two accounts: an administrator and one that is none."""

    def __init__(self, folder, encrypt, port, wrapper, dialects=("SMB3_11", "SMB3_11")):
        self.folder, self.encrypt, self.port, self.environment = folder, encrypt, port, {**os.environ, **wrapper}
        self.dialects = dialects
        self.host, self.domain = "127.0.0.1", "ROUTER1"
        self.conf = folder / "smb.conf"
        self.socket = folder / "ncalrpc/np/router"

    @contextlib.contextmanager
    def running(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        folders = ["private", "lock", "state", "cache", "pid", "log", "ncalrpc", "ncalrpc/np"]
        for name in folders:
            (self.folder / name).mkdir(parents=True)
        (self.folder / "ncalrpc/np").chmod(0o700)
        self.conf.write_text(f"""[global]
  server role = standalone server
  workgroup = RRAS
  netbios name = ROUTER1
  private dir = {self.folder}/private
  lock directory = {self.folder}/lock
  state directory = {self.folder}/state
  cache directory = {self.folder}/cache
  pid directory = {self.folder}/pid
  ncalrpc dir = {self.folder}/ncalrpc
  log file = {self.folder}/log/smbd
  log level = 1
  smb ports = {self.port}
  interfaces = 127.0.0.1
  bind interfaces only = yes
  disable netbios = yes
  load printers = no
  rpc start on demand helpers = no
  map to guest = never
  server min protocol = {self.dialects[0]}
  server max protocol = {self.dialects[1]}
  server smb encrypt = {self.encrypt}
""")
        twice = f"{PASSWORD}\n{PASSWORD}\n"
        for account in ("administrator", "clerk"):
            run(["smbpasswd", "-c", self.conf, "-a", "-s", account], input=twice, env=self.environment)
        # Members of the Unix group are members of the local group Administrators.
        run(["net", "-s", self.conf, "groupmap", "add", "sid=S-1-5-32-544", "unixgroup=rrasadmins", "type=builtin",
             "ntgroup=Administrators"], env=self.environment)
        log = self.folder / "log/smbd.out"
        with process(["smbd", "-F", "--no-process-group", "-s", self.conf], log, env=self.environment) as smbd:
            wait_for("smbd", lambda: listens(self.host, self.port), smbd, log)
            yield self


class Domain:
    """A domain controller, whose own smbd serves the pipe."""

    def __init__(self, folder):
        self.folder = folder
        self.domain, self.port = DOMAIN, 445
        self.host = f"{HOST}.{REALM.lower()}"
        self.conf = folder / "etc/smb.conf"
        self.socket = folder / "ncalrpc/np/router"
        self.keytab = folder / "router.keytab"
        self.krb5_conf = folder / "krb5.conf"

    @contextlib.contextmanager
    def running(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        options = {
            "interfaces": f"lo {ADDRESS}",
            "bind interfaces only": "yes",
            "ncalrpc dir": self.folder / "ncalrpc",
            "pid directory": self.folder,
            "log file": self.folder / "log.%m",
            "server min protocol": "SMB3_11",
            "server smb encrypt": "required",
            "load printers": "no",
            "disable netbios": "yes",
            "dns forwarder": "",
        }
        options = [f"--option={key} = {value}" for key, value in options.items()]
        run(["samba-tool", "domain", "provision", f"--targetdir={self.folder}", f"--realm={REALM}",
             f"--domain={DOMAIN}", "--server-role=dc", "--dns-backend=SAMBA_INTERNAL", f"--host-name={HOST}",
             f"--adminpass={PASSWORD}", f"--host-ip={ADDRESS}", *options])
        conf = self.conf.read_text()
        services = "  server services = s3fs, rpc, ldap, cldap, kdc, winbindd, drepl, dns\n"
        self.conf.write_text(conf.replace("[global]\n", "[global]\n" + services, 1))
        self.krb5_conf.write_text(f"""[libdefaults]
  default_realm = {REALM}
  dns_lookup_realm = false
  dns_lookup_kdc = false
  rdns = false
[realms]
  {REALM} = {{
    kdc = {ADDRESS}
  }}
[domain_realm]
  .{REALM.lower()} = {REALM}
""")
        run(["samba-tool", "user", "create", "clerk", PASSWORD, "-s", self.conf])
        for principal in (f"{HOST.upper()}$", f"host/{self.host}"):
            run(["samba-tool", "domain", "exportkeytab", self.keytab, f"--principal={principal}", "-s", self.conf])
        (self.folder / "ncalrpc/np").mkdir(parents=True, exist_ok=True)
        (self.folder / "ncalrpc/np").chmod(0o700)
        log = self.folder / "samba.out"
        with process(["samba", "-F", "--no-process-group", "-s", self.conf], log) as samba:
            wait_for("the domain controller's KDC", lambda: listens(ADDRESS, 88), samba, log)
            wait_for("the domain controller's smbd", lambda: listens(ADDRESS, 445), samba, log)
            yield self


@contextlib.contextmanager
def pipe(program, server, scenario, minimum, extra=None):
    """Serves the simulated router behind a Samba server."""
    log = server.folder / f"pipe-{minimum}.out"
    environment = {**os.environ, **(extra or {})}
    command = [program, "--socket", server.socket, "--minimum", minimum]
    if scenario is not None:
        command += ["--scenario", scenario]
    with process(command, log, env=environment) as child:
        wait_for("the router's pipe", server.socket.is_socket, child, log)
        yield log
    # Its end is that of the service: smbd finds no pipe.
    server.socket.unlink(missing_ok=True)


@contextlib.contextmanager
def recorded(file):
    """Records the packets of the loopback interface."""
    log = file.with_suffix(".out")
    with process(["dumpcap", "-q", "-i", "lo", "-f", "tcp", "-w", file], log) as dumpcap:
        wait_for("the recorder", lambda: file.exists() and "File:" in tail(log), dumpcap, log)
        time.sleep(0.3)
        yield
        # The last packets are on their way from the kernel.
        time.sleep(1)


@contextlib.contextmanager
def impacket_router(python, server, *options):
    """Serves impacket's RPC server behind a Samba server."""
    log = server.folder / "impacket-router.out"
    log.unlink(missing_ok=True)
    command = [python, HERE / "impacket_server.py", "--socket", server.socket, "--account", f"administrator:{PASSWORD}"]
    with process([*command, *options], log) as child:
        wait_for("impacket's RPC server", server.socket.is_socket, child, log)
        yield log
    server.socket.unlink(missing_ok=True)


class Impacket:
    """impacket's SMB server, with its RPC server behind it."""

    host, domain = "127.0.0.1", "ROUTER1"

    def __init__(self, python, folder, port):
        self.python, self.folder, self.port = python, folder, port

    @contextlib.contextmanager
    def running(self, dialect, cipher="aes-128-gcm", keys=None):
        log = self.folder / f"impacket-{dialect}-{cipher}.out"
        command = [self.python, HERE / "impacket_smb.py", "--port", self.port, "--dialect", dialect, "--cipher", cipher,
                   "--account", f"administrator:{PASSWORD}"]
        with process(command + (["--keys", keys] if keys else []), log) as child:
            wait_for("impacket's SMB server", lambda: listens(self.host, self.port), child, log)
            yield log
