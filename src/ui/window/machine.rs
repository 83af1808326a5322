//! What the machine says of its graphics, as far as it can be known without opening a window.

use std::path::Path;

use super::choice::Machine;

/// Set for a program that starts itself again without OpenGL, to why.
pub(super) const GIVEN_UP: &str = "ZONEWRIGHT_NO_GL";

/// Looks at this machine.
pub(super) fn look() -> Machine {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_software = set("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| value != "0" && value != "false");
    let no_graphics = if is_software {
        Some("LIBGL_ALWAYS_SOFTWARE asks for graphics without a card")
    } else if set("SESSIONNAME").is_some_and(|name| name.starts_with("RDP")) {
        Some("the desktop is a remote one")
    } else if cfg!(target_os = "linux") && !has_card() {
        Some("the machine has no graphics card that draws for programs")
    } else {
        None
    };
    Machine { no_graphics: no_graphics.map(str::to_owned), given_up: set(GIVEN_UP) }
}

/// Whether the display is the machine's own: what is found through another one, as over ssh, is true of that alone.
pub(super) fn has_own_display() -> bool {
    let display = std::env::var("DISPLAY").unwrap_or_default();
    std::env::var_os("SSH_CONNECTION").is_none() && (display.is_empty() || display.starts_with(':'))
}

/// Whether Linux has a device that programs draw with.
fn has_card() -> bool {
    Path::new("/dev/nvidia0").exists() || names("/dev/dri").iter().any(|name| name.starts_with("renderD"))
}

/// Whether OpenGL, once it stands, draws by software: then nothing of the card is open. Only Linux tells.
pub(super) fn draws_by_software() -> bool {
    if !cfg!(target_os = "linux") {
        return false;
    }
    let Ok(open) = std::fs::read_dir("/proc/self/fd") else { return false };
    let targets = open.flatten().filter_map(|entry| std::fs::read_link(entry.path()).ok());
    let is_card = |target: &Path| target.starts_with("/dev/dri") || target.to_string_lossy().starts_with("/dev/nvidia");
    !targets.into_iter().any(|target| is_card(&target))
}

/// Starts the program again with the same arguments and without OpenGL: an event loop can be made only once.
///
/// # Errors
/// Where it can't be started.
pub(super) fn start_again_without_graphics(why: &str) -> std::io::Result<()> {
    let mut program = std::process::Command::new(std::env::current_exe()?);
    program.args(std::env::args_os().skip(1)).env(GIVEN_UP, why);
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut program));
    #[cfg(not(unix))]
    program.status().map(|_| ())
}

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
