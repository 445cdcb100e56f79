namespace Secrets.EnvironmentVariables;

/// <summary>
/// The names that operating systems, shells, terminals and service managers define in every process. They say nothing about an application, so such a
/// variable answers only the key that is spelled exactly like it, and only where no other source has that key.
/// </summary>
/// <remarks>
/// environ(7), bash(1), zshparam(1), tcsh(1), ssh(1), systemd.exec(5), the XDG Base Directory Specification,
/// and Microsoft's "Recognized environment variables" of Windows.
/// </remarks>
internal static class SystemVariables
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Users, sessions and directories.
        "USER", "USERNAME", "LOGNAME", "HOME", "PWD", "OLDPWD", "PATH", "MAIL", "MAILCHECK", "MAILPATH", "TMPDIR", "TMP", "TEMP", "TZ", "UID", "EUID", "GID",
        "EGID", "PPID", "GROUP", "GROUPS", "SUDO_USER", "SUDO_UID", "SUDO_GID", "SUDO_COMMAND", "XDG_RUNTIME_DIR", "XDG_SESSION_ID", "XDG_SESSION_TYPE",
        "XDG_SESSION_CLASS", "XDG_SESSION_DESKTOP", "XDG_CURRENT_DESKTOP", "XDG_SEAT", "XDG_VTNR", "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME",
        "XDG_CONFIG_DIRS", "XDG_CACHE_HOME", "XDG_STATE_HOME", "DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
        "WINDOWID", "MANPATH", "INFOPATH",

        // The machine.
        "HOST", "HOSTNAME", "HOSTTYPE", "MACHTYPE", "OSTYPE", "CPUTYPE", "VENDOR", "REMOTEHOST", "NAME", "WSL_DISTRO_NAME", "WSL_INTEROP", "WSLENV",

        // Languages.
        "LANG", "LANGUAGE", "LC_ALL", "LC_ADDRESS", "LC_COLLATE", "LC_CTYPE", "LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES", "LC_MONETARY", "LC_NAME",
        "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME",

        // Shells and terminals.
        "_", "SHELL", "SHLVL", "SHELLOPTS", "BASHOPTS", "BASH", "BASH_VERSION", "BASHPID", "ZSH_NAME", "ZSH_VERSION", "IFS", "PS1", "PS2", "PS3", "PS4",
        "PROMPT", "PROMPT_COMMAND", "HISTFILE", "HISTSIZE", "HISTFILESIZE", "HISTCONTROL", "RANDOM", "SECONDS", "LINENO", "OPTARG", "OPTIND", "OPTERR", "COLUMNS",
        "LINES", "TERM", "TERMCAP", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERM_SESSION_ID", "COLORTERM", "LS_COLORS", "LSCOLORS", "LESSOPEN", "LESSCLOSE",
        "EDITOR", "VISUAL", "PAGER", "BROWSER", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY",

        // systemd and macOS's launchd.
        "INVOCATION_ID", "JOURNAL_STREAM", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "MAINPID",
        "MANAGERPID", "SYSTEMD_EXEC_PID", "RUNTIME_DIRECTORY", "STATE_DIRECTORY", "CACHE_DIRECTORY", "LOGS_DIRECTORY", "CONFIGURATION_DIRECTORY",
        "CREDENTIALS_DIRECTORY", "__CF_USER_TEXT_ENCODING", "__CFBundleIdentifier", "COMMAND_MODE", "SECURITYSESSIONID", "XPC_FLAGS", "XPC_SERVICE_NAME",

        // Windows.
        "ALLUSERSPROFILE", "APPDATA", "LOCALAPPDATA", "CommonProgramFiles", "CommonProgramFiles(x86)", "CommonProgramW6432", "COMPUTERNAME", "ComSpec",
        "DriverData", "HOMEDRIVE", "HOMEPATH", "HOMESHARE", "LOGONSERVER", "NUMBER_OF_PROCESSORS", "OS", "PATHEXT", "PROCESSOR_ARCHITECTURE",
        "PROCESSOR_ARCHITEW6432", "PROCESSOR_IDENTIFIER", "PROCESSOR_LEVEL", "PROCESSOR_REVISION", "ProgramData", "ProgramFiles", "ProgramFiles(x86)",
        "ProgramW6432", "PSModulePath", "PUBLIC", "SESSIONNAME", "SystemDrive", "SystemRoot", "USERDNSDOMAIN", "USERDOMAIN", "USERDOMAIN_ROAMINGPROFILE",
        "USERPROFILE", "windir",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
