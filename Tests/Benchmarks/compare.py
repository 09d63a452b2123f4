"""Times smtpprobe and its peers by turns, and prints a table of medians and ratios.

compare.py FOLDER TLS-SINK - FOLDER has smtpprobe, sink, sender, unobserved.so, certificate.pem and key.pem, perhaps before
(another build) and postfix (an unpacked package).

Two ratios: of the time that passes, in which the sink has its share, and of the processor's time, which a busy machine
changes less.
"""

import glob
import os
import platform
import statistics
import subprocess
import sys

folder, tls_sink = sys.argv[1:]
BYTES = 256 << 20
SESSIONS = 5000


def place(name):
    return os.path.join(folder, name)


def server(command):
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def machine():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    with open("/etc/os-release") as file:
        system = dict(line.strip().split("=", 1) for line in file if "=" in line)
    return (
        f"{platform.machine()}, {os.cpu_count()} processors ({names[0] if names else 'unknown'}), "
        f"Linux {platform.release()}, {system.get('PRETTY_NAME', '').strip(chr(34))}"
    )


def once(command):
    """Seconds, seconds of a processor, and the most memory in MiB; `NAME=VALUE` in front is for its environment."""
    environment = dict(os.environ)
    while "=" in command[0]:
        name, value = command[0].split("=", 1)
        environment[name] = value
        command = command[1:]
    result = subprocess.run(
        [place("measure"), *command], capture_output=True, text=True, check=True, env=environment
    )
    seconds, processor, kibibytes, status = result.stdout.split()
    if status != "0":
        sys.exit(f"{' '.join(command)}: exit status {status}")
    return float(seconds), float(processor), int(kibibytes) / 1024


def instructions(command):
    """Instructions of one run as callgrind counts them, in millions; they vary little."""
    result = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
        capture_output=True, text=True,
    )
    lines = [line for line in result.stderr.splitlines() if "Collected" in line]
    return int(lines[-1].split(":")[1]) / 1e6


def row(work, ours, peers, runs):
    """Ours and each peer by turns, so that a busy moment meets all of them."""
    contenders = {"smtpprobe": ours, **peers}
    seen = {name: [] for name in contenders}
    for _ in range(runs):
        for name, command in contenders.items():
            seen[name].append(once(command))

    def medians(name):
        times, processor, memory = zip(*seen[name])
        return statistics.median(times), statistics.median(processor), max(memory)

    def told(name):
        time, processor, memory = medians(name)
        return f"{time * 1000:.1f} ms, {processor * 1000:.1f} ms, {memory:.0f} MiB"

    own = medians("smtpprobe")
    for name in peers:
        other = medians(name)
        print(
            f"| {work} | {told('smtpprobe')} | {name} | {told(name)}"
            f" | {own[0] / other[0]:.2f} | {own[1] / max(other[1], 1e-6):.2f} |",
            flush=True,
        )


def contenders(words, unobserved=False):
    """The command of ours, and its peers of the same name: the build before, and the same build unobserved."""
    ours = [place("smtpprobe"), *words]
    peers = {}
    if os.path.exists(place("before")):
        peers["build before"] = [place("before"), *words]
    if unobserved:
        peers["without evidence"] = [f"LD_PRELOAD={place('unobserved.so')}", *ours]
    return ours, peers


def main():
    with open(place("big.eml"), "wb") as file:
        line = b"x" * 72 + b"\r\n"
        for _ in range(BYTES // (len(line) * 4096)):
            file.write(line * 4096)
    with open(place("small.eml"), "wb") as file:
        file.write(b"Subject: x\r\n\r\nhello\r\n")

    plain, port = server([place("sink")])
    secured, tls_port = server(
        [sys.executable, tls_sink, place("certificate.pem"), place("key.pem")]
    )
    here, there = f"127.0.0.1:{port}", f"127.0.0.1:{tls_port}"
    envelope = ["--from", "a@b.example", "--to", "d@e.example", "--silent"]
    curl = ["curl", "-sS", "--mail-from", "a@b.example", "--mail-rcpt", "d@e.example", "-k", "-T"]
    small, big = place("small.eml"), place("big.eml")
    generated = ["--message-size", str(BYTES)]
    sender = [place("sender"), port]

    print(f"{machine()}\n")
    print("| work | smtpprobe: time, processor, memory | peer | the same of it | time | processor |")
    print("| --- | --- | --- | --- | --- | --- |")

    ours, peers = contenders(["--version"])
    row("start-up", ours, {"curl": ["curl", "--version"], **peers}, 21)
    ours, peers = contenders([here, *envelope, "--data", small], unobserved=True)
    tiny = ours
    row("one small session", ours, {"curl": [*curl, small, f"smtp://{here}"], **peers}, 21)
    ours, peers = contenders([here, *envelope, *generated], unobserved=True)
    row("256 MiB generated", ours, {"C": [*sender, str(BYTES)], **peers}, 5)
    ours, peers = contenders([here, *envelope, "--data", big])
    row("256 MiB from a file", ours, {
        "curl": [*curl, big, f"smtp://{here}"], "C, from a file": [*sender, big],
        "C, from memory": [*sender, str(BYTES)], **peers,
    }, 5)
    ours, peers = contenders([there, *envelope, "--tls", "implicit", "--data", big])
    by_curl = {"curl": [*curl, big, f"smtps://{there}"]}
    row("256 MiB from a file under TLS", ours, {**by_curl, **peers}, 3)
    ours, peers = contenders([there, *envelope, "--tls", "implicit", *generated])
    row("256 MiB generated under TLS", ours, {**by_curl, **peers}, 3)
    ours, peers = contenders([here, *envelope, "--message-size", str(40 * BYTES)])
    row("10 GiB generated", ours, {"C": [*sender, str(40 * BYTES)]}, 1)

    source = place("postfix/usr/sbin/smtp-source")
    if os.path.exists(source):
        libraries = glob.glob(place("postfix/usr/lib/postfix")) + [place("postfix/usr/lib")]
        by_source = {
            "smtp-source": [
                f"LD_LIBRARY_PATH={':'.join(libraries)}",
                source, "-s", "100", "-m", str(SESSIONS), "-l", "100", here,
            ]
        }
        with open(place("targets"), "w") as file:
            file.write(f"{here}\n" * SESSIONS)
        ours, peers = contenders(
            ["scan", place("targets"), "--jobs", "100", "--per-host", "100"], unobserved=True
        )
        row(f"{SESSIONS:,} sessions of a scan", ours, {**by_source, **peers}, 3)
        # Its envelopes have recipients by the hundred, those of smtp-source one.
        last = 59 + SESSIONS
        ours, peers = contenders(
            ["sweep", here, "--envelope-size", f"60..{last}", "--exhaustive", "--jobs", "50"]
        )
        row(f"{SESSIONS:,} sessions of a sweep", ours, {**by_source, **peers}, 3)

    print(f"\nInstructions of one small session: {instructions(tiny):.1f} million", end="")
    print(f"; of a start: {instructions([place('smtpprobe'), '--version']):.1f} million")
    for process in (plain, secured):
        process.stdin.close()
        process.wait()


main()
