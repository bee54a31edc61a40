//! The users who may change a file or put another in its place: the service runs its code as the system itself.

use std::path::Path;

/// Lists the ways in which others than administrators could have the service run code of theirs: by writing to the file or
/// its folder, or by replacing a folder above it.
#[cfg(unix)]
pub(crate) fn problems(path: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt as _;

    /// Anyone may write there.
    const WRITE: u32 = 0o002;
    /// In such a folder, each may remove only files of their own.
    const STICKY: u32 = 0o1000;
    let Ok(path) = path.canonicalize() else { return Vec::new() };
    let mode = |path: &Path| path.metadata().map_or(0, |metadata| metadata.permissions().mode());
    let mut problems = Vec::new();
    if mode(&path) & WRITE != 0 {
        problems.push("anyone may write to the file".to_owned());
    }
    for (depth, folder) in path.ancestors().skip(1).enumerate() {
        let mode = mode(folder);
        // Beside the file, others could put a library that it loads.
        if mode & WRITE != 0 && (depth == 0 || mode & STICKY == 0) {
            problems.push(format!("anyone may write to the folder {}", folder.display()));
        }
    }
    problems
}

/// As on Unix, by the access control lists of the file and of the folders above it.
#[cfg(windows)]
pub(crate) fn problems(path: &Path) -> Vec<String> {
    let Ok(path) = std::path::absolute(path) else { return Vec::new() };
    let mut problems = Vec::new();
    for (depth, part) in path.ancestors().enumerate() {
        let rights = match depth {
            0 => windows::OF_FILE,
            1 => windows::OF_FOLDER,
            _ => windows::ABOVE,
        };
        let what = if depth == 0 { "the file" } else { "the folder" };
        match windows::strangers(part, rights) {
            Ok(strangers) if strangers.is_empty() => {}
            Ok(strangers) => {
                let who = strangers.join(", ");
                problems
                    .push(format!("others than administrators may change {what} {}: {who}", part.display()));
            }
            Err(code) => {
                problems
                    .push(format!("the access to {what} {} cannot be read (error {code})", part.display()));
            }
        }
    }
    problems
}

#[cfg(windows)]
mod windows {
    use std::os::windows::ffi::OsStrExt as _;
    use std::path::Path;
    use std::ptr::null_mut;

    use windows_sys::Win32::Foundation::{CloseHandle, GENERIC_ALL, GENERIC_WRITE, HANDLE, LocalFree};
    use windows_sys::Win32::Security::Authorization::{
        ConvertSidToStringSidW, GetNamedSecurityInfoW, SE_FILE_OBJECT,
    };
    use windows_sys::Win32::Security::{
        ACCESS_ALLOWED_ACE, ACE_HEADER, ACL, DACL_SECURITY_INFORMATION, GetAce, GetTokenInformation,
        INHERIT_ONLY_ACE, OWNER_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, PSID, TOKEN_QUERY, TOKEN_USER,
        TokenUser,
    };
    use windows_sys::Win32::Storage::FileSystem::{
        DELETE, FILE_APPEND_DATA, FILE_DELETE_CHILD, FILE_WRITE_DATA, WRITE_DAC, WRITE_OWNER,
    };
    use windows_sys::Win32::System::SystemServices::ACCESS_ALLOWED_ACE_TYPE;
    use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

    /// The rights to take something over.
    const TAKE: u32 = DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;
    /// The rights to change a file.
    pub(super) const OF_FILE: u32 = TAKE | FILE_WRITE_DATA | FILE_APPEND_DATA | GENERIC_WRITE;
    /// The rights to put a file into a folder or to replace one. (Adding a folder is another right.)
    pub(super) const OF_FOLDER: u32 = TAKE | FILE_WRITE_DATA | FILE_DELETE_CHILD | GENERIC_WRITE;
    /// The rights to replace a folder in the one above it.
    pub(super) const ABOVE: u32 = TAKE | FILE_DELETE_CHILD;

    /// The system, its administrators and its installer, by their SIDs; and the owner of what is inherited, who is checked as the
    /// owner.
    const TRUSTED: [&str; 4] = [
        "S-1-5-18",
        "S-1-5-32-544",
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
        "S-1-3-0",
    ];

    /// Lists the SIDs that have one of the rights, or own the file, and are neither trusted nor the user who asks.
    ///
    /// # Errors
    /// The error code of Windows.
    pub(super) fn strangers(path: &Path, rights: u32) -> Result<Vec<String>, u32> {
        let path: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
        let (mut owner, mut list): (PSID, *mut ACL) = (null_mut(), null_mut());
        let mut descriptor: PSECURITY_DESCRIPTOR = null_mut();
        let what = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
        // SAFETY: the name is terminated, and the out parameters are ours.
        let code = unsafe {
            GetNamedSecurityInfoW(
                path.as_ptr(),
                SE_FILE_OBJECT,
                what,
                &raw mut owner,
                null_mut(),
                &raw mut list,
                null_mut(),
                &raw mut descriptor,
            )
        };
        if code != 0 {
            return Err(code);
        }
        let own = own_sid();
        let is_trusted = |sid: &String| TRUSTED.contains(&sid.as_str()) || own.as_ref() == Some(sid);
        let mut sids = Vec::new();
        if list.is_null() {
            sids.push("everyone, for there is no access control list".to_owned());
        } else {
            sids.extend(allowed(list, rights));
        }
        sids.extend(text(owner));
        // SAFETY: the descriptor is from the call above, and nothing points into it any more.
        unsafe { LocalFree(descriptor) };
        sids.retain(|sid| !is_trusted(sid));
        sids.sort();
        sids.dedup();
        Ok(sids)
    }

    /// Lists the SIDs that an access control list allows one of the rights.
    fn allowed(list: *const ACL, rights: u32) -> Vec<String> {
        let mut sids = Vec::new();
        // SAFETY: the list is from the system, and not null.
        let count = unsafe { (*list).AceCount };
        for index in 0..u32::from(count) {
            let mut entry = null_mut();
            // SAFETY: the list has so many entries.
            if unsafe { GetAce(list, index, &raw mut entry) } == 0 {
                continue;
            }
            // SAFETY: every entry begins with a header.
            let header = unsafe { entry.cast::<ACE_HEADER>().read() };
            if u32::from(header.AceType) != ACCESS_ALLOWED_ACE_TYPE
                || u32::from(header.AceFlags) & INHERIT_ONLY_ACE != 0
            {
                continue;
            }
            let entry = entry.cast::<ACCESS_ALLOWED_ACE>();
            // SAFETY: an entry of this type has a mask.
            let mask = unsafe { (*entry).Mask };
            if mask & rights != 0 {
                // SAFETY: and, from this member on, a SID.
                let sid = unsafe { &raw mut (*entry).SidStart };
                sids.extend(text(sid.cast()));
            }
        }
        sids
    }

    /// Returns the SID of the user of this process: an administrator, if they may register a DLL.
    fn own_sid() -> Option<String> {
        let mut token: HANDLE = null_mut();
        // SAFETY: the handle of the process is a constant, and `token` is ours.
        if unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) } == 0 {
            return None;
        }
        // A SID has at most 68 bytes.
        let mut buffer = [0_u64; 32];
        let (room, mut length) = (size_of_val(&buffer) as u32, 0);
        let into = buffer.as_mut_ptr().cast();
        // SAFETY: the token is open, and the buffer has so much room and is aligned for the record.
        let is_read = unsafe { GetTokenInformation(token, TokenUser, into, room, &raw mut length) } != 0;
        // SAFETY: it is ours, and is closed once.
        unsafe { CloseHandle(token) };
        if !is_read {
            return None;
        }
        // SAFETY: the call has written the record, whose SID is behind it in the buffer.
        let user = unsafe { buffer.as_ptr().cast::<TOKEN_USER>().read() };
        text(user.User.Sid)
    }

    /// Returns a SID as text.
    fn text(sid: PSID) -> Option<String> {
        let mut text = null_mut();
        // SAFETY: the SID is from the system and still there; `text` is ours.
        if sid.is_null() || unsafe { ConvertSidToStringSidW(sid, &raw mut text) } == 0 {
            return None;
        }
        let mut units = Vec::new();
        loop {
            // SAFETY: the text is terminated, and its end was not reached yet.
            let place = unsafe { text.add(units.len()) };
            // SAFETY: as above.
            match unsafe { place.read() } {
                0 => break,
                unit => units.push(unit),
            }
        }
        // SAFETY: the text is from the call above, and was copied.
        unsafe { LocalFree(text.cast()) };
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_and_a_folder_that_anyone_may_write_to_are_found() {
        let folder = std::env::temp_dir().join(format!("mprctl-access-{}", std::process::id()));
        fs::create_dir(&folder).expect("a folder");
        let file = folder.join("a.so");
        fs::write(&file, "").expect("a file");
        let set = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
        };
        set(&folder, 0o755);
        set(&file, 0o644);
        assert_eq!(problems(&file), [] as [&str; 0]);
        set(&file, 0o666);
        assert_eq!(problems(&file), ["anyone may write to the file"]);
        set(&file, 0o644);
        for mode in [0o777, 0o1777] {
            set(&folder, mode);
            let found = problems(&file);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("anyone may write to the folder"), "{found:?}");
        }
        fs::remove_dir_all(&folder).expect("it is ours");
    }
}
