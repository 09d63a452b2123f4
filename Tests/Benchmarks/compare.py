"""Times smtpprobe and its peers by turns, and prints a table of medians and ratios.

compare.py FOLDER TLS-SINK - FOLDER has smtpprobe, sink, sender, certificate.pem and key.pem, perhaps before (another build) and
postfix (an unpacked package).
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


def once(command):
    """Seconds, and the most memory in MiB."""
    result = subprocess.run([place("measure"), *command], capture_output=True, text=True, check=True)
    seconds, kibibytes, status = result.stdout.split()
    if status != "0":
        sys.exit(f"{' '.join(command)}: exit status {status}")
    return float(seconds), int(kibibytes) / 1024


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
    times = {name: [] for name in contenders}
    memory = {name: 0.0 for name in contenders}
    for _ in range(runs):
        for name, command in contenders.items():
            seconds, mebibytes = once(command)
            times[name].append(seconds)
            memory[name] = max(memory[name], mebibytes)
    own = statistics.median(times["smtpprobe"])
    for name in peers:
        other = statistics.median(times[name])
        print(
            f"| {work} | {own * 1000:.1f} ms, {memory['smtpprobe']:.0f} MiB | {name}"
            f" | {other * 1000:.1f} ms, {memory[name]:.0f} MiB | {own / other:.2f} |",
            flush=True,
        )


def contenders(words, before_words=None):
    """The command of ours, and that of the build before where there is one."""
    peers = {}
    if os.path.exists(place("before")):
        peers["build before"] = [place("before"), *(before_words or words)]
    return [place("smtpprobe"), *words], peers


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

    print(f"{platform.machine()}, {os.cpu_count()} processors, Linux {platform.release()}\n")
    print("| work | smtpprobe | peer | its time | ratio |")
    print("| --- | --- | --- | --- | --- |")

    ours, peers = contenders(["--version"])
    row("start-up", ours, {"curl": ["curl", "--version"], **peers}, 21)
    ours, peers = contenders([here, *envelope, "--data", small])
    tiny = ours
    row("one small session", ours, {"curl": [*curl, small, f"smtp://{here}"], **peers}, 21)
    ours, peers = contenders([here, *envelope, "--message-size", str(BYTES)])
    row("256 MiB generated", ours, {"C": [place("sender"), port, str(BYTES)], **peers}, 5)
    ours, peers = contenders([here, *envelope, "--data", big])
    row("256 MiB from a file", ours, {
        "curl": [*curl, big, f"smtp://{here}"], "C": [place("sender"), port, str(BYTES)], **peers
    }, 3)
    ours, peers = contenders([there, *envelope, "--tls", "implicit", "--data", big])
    row("256 MiB under TLS", ours, {"curl": [*curl, big, f"smtps://{there}"], **peers}, 3)

    source = place("postfix/usr/sbin/smtp-source")
    if os.path.exists(source):
        libraries = glob.glob(place("postfix/usr/lib/postfix")) + [place("postfix/usr/lib")]
        os.environ["LD_LIBRARY_PATH"] = ":".join(libraries)
        last = 59 + SESSIONS
        ours, peers = contenders(
            ["sweep", here, "--envelope-size", f"60..{last}", "--exhaustive", "--jobs", "50"]
        )
        row(f"{SESSIONS:,} sessions", ours, {
            "smtp-source": [source, "-s", "50", "-m", str(SESSIONS), "-l", "100", here], **peers
        }, 3)

    print(f"\nInstructions of one small session: {instructions(tiny):.1f} million", end="")
    print(f"; of a start: {instructions([place('smtpprobe'), '--version']):.1f} million")
    for process in (plain, secured):
        process.stdin.close()
        process.wait()


main()
