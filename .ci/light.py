"""What the window costs, painted by the graphics card's library and by the processor, in the same run.

Reads of each process what the kernel counts: the processor's time, and its memory. Frames are
counted by the lines that the program writes with --tell-frames.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, OUT, SAMPLE = sys.argv[1:4]
WIDTH, HEIGHT = 1280, 800
STARTS = 8


def tool(*arguments):
    subprocess.run(["xdotool", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


class Window:
    """The program in a window, and what it cost until now."""

    def __init__(self, renderer, file):
        self.frames = []
        # what another window left behind is not offered here
        self.settings = tempfile.TemporaryDirectory()
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, "--renderer", renderer, "--tell-frames", file],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "ZONEWRIGHT_CONFIG": self.settings.name},
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for _ in self.process.stdout:
            self.frames.append(time.monotonic())

    def cpu(self):
        """Milliseconds of all threads, those that have ended too: the kernel keeps a clock for each process."""
        return time.clock_gettime_ns((~self.process.pid << 3) | 2) / 1e6

    def memory(self):
        """Megabytes held."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024

    def wait_for_frame(self, number):
        while len(self.frames) < number:
            if self.process.poll() is not None:
                sys.exit("the program ended")
            time.sleep(0.001)

    def rest(self):
        """Waits until nothing is done any more."""
        last = self.cpu()
        for _ in range(240):
            time.sleep(0.4)
            now = self.cpu()
            if now - last < 0.4:
                return
            last = now
        sys.exit("the window never came to rest")

    def fit(self):
        found = []
        while not found:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], capture_output=True, text=True
            ).stdout.split()
        self.id = found[-1]
        tool("windowactivate", "--sync", self.id, "windowmove", self.id, 0, 0, "windowsize", self.id, WIDTH, HEIGHT)
        self.rest()

    def cost(self, *arguments):
        """Milliseconds and frames of what a movement takes until all is at rest again."""
        self.rest()
        cpu, frames = self.cpu(), len(self.frames)
        tool(*arguments)
        self.rest()
        return self.cpu() - cpu, len(self.frames) - frames

    def end(self):
        self.process.kill()
        self.process.wait()
        self.settings.cleanup()


def movements(window):
    """Each with what it is called, how many events it has, and what xdotool is told."""
    pause = ["sleep", "0.06"]

    def way(count, place):
        return [word for at in range(count) for word in ["mousemove", "--window", window.id, *place(at), *pause]]

    yield "another page", 20, lambda: [
        word for _ in range(10) for word in ["key", "alt+6", "sleep", "0.3", "key", "alt+4", "sleep", "0.3"]
    ]
    yield "pointer over the diagram", 60, lambda: way(60, lambda at: (330 + at * 8, 250 + at * 37 % 300))
    yield "panning", 60, lambda: (
        ["mousemove", "--window", window.id, 600, 400, "mousedown", 2]
        + way(60, lambda at: (600 + at * 3, 400 + at * 2))
        + ["mouseup", 2]
    )
    yield "zooming", 40, lambda: ["mousemove", "--window", window.id, 600, 400] + [
        word for button in (4, 5) for _ in range(20) for word in ["click", button, *pause]
    ]


def first_zone(file):
    """The tag of the zone that comes first in a file."""
    with open(file, encoding="utf-8") as plant:
        return re.search(r'tag: "(Z-[^"]+)"', plant.read())[1]


def measure(renderer, name, file):
    """The figures of one renderer on one plant."""
    figures = {}
    # it is saved in the end
    own = f"{OUT}/measured.zonewright"
    shutil.copyfile(file, own)
    window = Window(renderer, own)
    window.fit()

    def cost(what, count, arguments, unit="ms an event"):
        cpu, frames = window.cost(*arguments)
        figures[f"{what}, {unit}"] = cpu / count
        print(f"  {renderer:4} {name:12} {what:26} {cpu / count:8.2f} ms an event, {cpu / max(frames, 1):7.2f} a frame, {frames:4} frames")

    def keys(*names):
        for key in names:
            tool("key", key)
            window.rest()

    figures["memory, MB"] = window.memory()
    keys("alt+4")
    tool("mousemove", "--window", window.id, 600, 400, "key", "f")
    window.rest()
    cpu = window.cpu()
    time.sleep(3)
    figures["at rest, ms a second"] = (window.cpu() - cpu) / 3
    for what, count, arguments in movements(window):
        cost(what, count, arguments())
    keys("alt+6")
    rows = [word for at in range(60) for word in ["mousemove", "--window", window.id, 400, 200 + at * 8, "sleep", "0.06"]]
    cost("pointer over rows", 60, rows)
    text = "works control room"
    # five a second, for xdotool waits half of it
    letters = ["type", "--delay", "400", text]
    # the title of the assessment, gone to by keys
    keys("alt+3", "Tab", "space")
    cost("a letter in a field", len(text), letters, "ms")
    keys("Escape", "ctrl+k")
    cost("a letter in the finder", len(text), letters, "ms")
    # a zone of the diagram, with its name clicked into beside it
    keys("Escape", "alt+4", "ctrl+k")
    tool("type", "--delay", "30", first_zone(file))
    time.sleep(0.5)
    keys("Return")
    tool("mousemove", "--window", window.id, 1100, 166, "click", "1")
    window.rest()
    keys("End")
    cost("a letter in a zone's name", len(text), letters, "ms")
    keys("ctrl+s")
    with open(own, encoding="utf-8") as saved:
        if not re.search(rf'name: "[^"]*{text}"', saved.read()):
            sys.exit("the letters did not come into the zone's name")
    figures["memory at the end, MB"] = window.memory()
    window.end()
    return figures


def start(renderer):
    """Milliseconds from the start until the first frame is seen: until the next one begins; by the clock and by
    the processor's time."""
    clocks, cpus = [], []
    for _ in range(STARTS):
        window = Window(renderer, SAMPLE)
        window.wait_for_frame(2)
        cpus.append(window.cpu())
        clocks.append((window.frames[1] - window.begun) * 1000)
        window.end()
    return {"start to first frame, ms": statistics.median(clocks), "start, ms of the processor": statistics.median(cpus)}


def table(name, gl, cpu):
    print(f"\n{name:42}{'OpenGL':>10}{'processor':>11}{'ratio':>8}")
    for what, first in gl.items():
        second = cpu[what]
        print(f"{what:42}{first:10.1f}{second:11.1f}{first / max(second, 0.001):8.1f}")


plants = [("water works", SAMPLE)]
for zones in (30, 300, 1000):
    file = f"{OUT}/plant-{zones}.zonewright"
    subprocess.run(
        [PROGRAM, "generate", "--zones", str(zones), "--conduits", str(zones * 3), "--assets", str(zones * 10),
         "--answers", "20", "--output", file, "--force"],
        check=True, stdout=subprocess.DEVNULL,
    )
    plants.append((f"{zones} zones", file))
wanted = sys.argv[4:] or [name for name, _ in plants]
table("water works", start("gl"), start("cpu"))
for name, file in plants:
    if name in wanted:
        table(name, measure("gl", name, file), measure("cpu", name, file))
