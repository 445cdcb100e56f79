namespace Secrets.EnvironmentVariables;

/// <summary>
/// The variables that the export never sets: they load code, redirect traffic, or move the files and credentials that programs trust.
/// The list is a safety net against accidents and pasted files. It is not a boundary, because no list of this kind is complete: whoever writes the secrets file is trusted.
/// </summary>
/// <remarks>
/// Sources: <c>initial_badenv_table</c> of sudo, <c>unsecure-envvars.h</c> of glibc, and the pages on environment variables of each program. A family stands here as a prefix or
/// a suffix only where every member has such an effect; of all others, the names stand here, so that an application's own variables and credentials
/// (<c>AWS_ACCESS_KEY_ID</c>, <c>AZURE_OPENAI_ENDPOINT</c>, <c>NODE_ENV</c>) are exported.
/// </remarks>
internal static class NeverExported
{
    private static readonly string[] Prefixes =
    [
        // Loaders: ld.so(8), dyld(1), the linkers of AIX and IRIX; functions that bash takes from its environment.
        "LD_", "DYLD_", "LDR_", "_RLD", "MALLOC_", "BASH_FUNC_",

        // .NET, its hosts, profilers, build and test tools; this library's own switches.
        "DOTNET_", "COMPlus_", "CORECLR_", "COR_PROFILER", "ASPNETCORE_", "MSBUILD", "VSTEST_", "OTEL_DOTNET_AUTO_", "Secrets__",

        // Other runtimes and package managers.
        "PYTHON", "PERL5", "PERLIO", "NPM_CONFIG_", "PIP_", "LUA_PATH", "LUA_CPATH", "LUA_INIT", "R_PROFILE", "R_ENVIRON", "R_LIBS",
        "CARGO_BUILD_RUSTC", "CARGO_TARGET_", "BUNDLE_MIRROR__", "ANSIBLE_",

        // Version control, TLS and sign-on.
        "GIT_", "SSH_ASKPASS", "SSL_CERT_", "OPENSSL_", "GNUTLS_", "LDAPTLS_", "KRB5", "P11_KIT_",

        // Endpoints, metadata services and files of cloud SDKs and their tools.
        "AWS_ENDPOINT_URL", "AWS_EC2_METADATA_", "AZURE_KUBERNETES_TOKEN_", "CLOUDSDK_API_ENDPOINT_OVERRIDES_", "CLOUDSDK_PYTHON", "CLOUDSDK_PROXY_",
        "KUBERNETES_SERVICE_", "KUBERNETES_PORT", "DOCKER_TLS", "TF_CLI_",

        // Directories of the desktop and of Windows that programs load from.
        "XDG_", "PROGRAMFILES", "COMMONPROGRAMFILES", "_NT_SYMBOL_", "_NT_ALT_SYMBOL_", "CFNETWORK_",
    ];

    private static readonly string[] Suffixes = ["_PROXY", "_EMULATOR_HOST"];

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // This library: which files the next load reads.
        "SECRETS_FILES", "SECRETS_TOML",

        // Where programs, homes and temporary files are.
        "PATH", "PATHEXT", "COMSPEC", "SHELL", "HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "HOMESHARE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
        "ALLUSERSPROFILE", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TMPDIR", "TMP", "TEMP", "TMPPREFIX", "CFFIXED_USER_HOME", "PSMODULEPATH",
        "__COMPAT_LAYER", "__PSLOCKDOWNPOLICY",

        // Shells, editors, pagers and terminals, which run what these name.
        "ENV", "BASH_ENV", "BASHOPTS", "SHELLOPTS", "BASH_LOADABLES_PATH", "IFS", "CDPATH", "PS4", "PROMPT_COMMAND", "GLOBIGNORE", "FPATH", "ZDOTDIR",
        "NULLCMD", "READNULLCMD", "INPUTRC", "TERMINFO", "TERMINFO_DIRS", "TERMPATH", "TERMCAP", "EDITOR", "VISUAL", "PAGER", "MANPAGER",
        "SYSTEMD_PAGER", "SYSTEMD_EDITOR", "LESSOPEN", "LESSCLOSE", "BROWSER", "SUDO_ASKPASS", "SUDO_EDITOR",

        // The C library.
        "GLIBC_TUNABLES", "GCONV_PATH", "GETCONF_DIR", "LOCPATH", "MUSL_LOCPATH", "PATH_LOCALE", "NLSPATH", "HOSTALIASES", "LOCALDOMAIN",
        "RES_OPTIONS", "RESOLV_HOST_CONF", "NIS_PATH", "TZDIR", "LIBPATH", "SHLIB_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
        "UBSAN_OPTIONS", "LLVM_PROFILE_FILE",

        // .NET and its tools, beside the families above.
        "COR_ENABLE_PROFILING", "MONO_PATH", "MONO_CONFIG", "MONO_CFG_DIR", "MONO_ENV_OPTIONS", "MONO_GAC_PREFIX", "NUGET_PACKAGES",
        "NUGET_FALLBACK_PACKAGES", "NUGET_PLUGIN_PATHS", "NUGET_NETCORE_PLUGIN_PATHS", "NUGET_NETFX_PLUGIN_PATHS", "NUGET_HTTP_CACHE_PATH",
        "NUGET_PLUGINS_CACHE_PATH", "NUGET_CERT_REVOCATION_MODE",

        // Java.
        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS", "JAVA_OPTIONS", "IBM_JAVA_OPTIONS", "OPENJ9_JAVA_OPTIONS",
        "CATALINA_OPTS", "CLASSPATH", "JAVA_HOME", "JDK_HOME", "JRE_HOME", "MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_HOME", "M2_HOME", "GRADLE_OPTS",
        "GRADLE_HOME", "GRADLE_USER_HOME", "ANT_OPTS", "ANT_ARGS", "SBT_OPTS",

        // JavaScript.
        "NODE_OPTIONS", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_REPL_EXTERNAL_MODULE", "NODE_ICU_DATA",
        "NODE_REDIRECT_WARNINGS", "NODE_V8_COVERAGE", "NODE_COMPILE_CACHE", "NODE_USE_ENV_PROXY", "NODE_USE_SYSTEM_CA", "NODE_GYP_FORCE_PYTHON",
        "ELECTRON_RUN_AS_NODE", "YARN_RC_FILENAME", "YARN_YARN_PATH", "YARN_PLUGINS", "YARN_REGISTRY", "YARN_NPM_REGISTRY_SERVER", "PNPM_HOME",
        "COREPACK_HOME", "COREPACK_NPM_REGISTRY", "COREPACK_INTEGRITY_KEYS", "BUN_OPTIONS", "BUN_INSTALL", "BUN_CONFIG_REGISTRY", "DENO_DIR",
        "DENO_CERT", "DENO_TLS_CA_STORE",

        // Python, Ruby, Perl, PHP, R, Erlang, Go, Rust, make and compilers.
        "VIRTUAL_ENV", "CONDA_PREFIX", "CONDARC", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_CONFIG_FILE",
        "UV_INSECURE_HOST", "UV_PYTHON", "TWINE_REPOSITORY_URL", "TWINE_CERT", "REQUESTS_CA_BUNDLE", "RUBYOPT", "RUBYLIB", "RUBYPATH", "RUBYSHELL",
        "GEM_HOME", "GEM_PATH", "GEMRC", "IRBRC", "BUNDLE_GEMFILE", "BUNDLE_PATH", "BUNDLE_APP_CONFIG", "BUNDLE_USER_HOME", "BUNDLE_USER_CONFIG",
        "BUNDLE_USER_PLUGIN", "PERLLIB", "PERL_MM_OPT", "PERL_MB_OPT", "PERL_LOCAL_LIB_ROOT", "PHPRC", "PHP_INI_SCAN_DIR", "COMPOSER_HOME",
        "COMPOSER_CAFILE", "COMPOSER_CAPATH", "R_HOME", "ERL_LIBS", "ERL_FLAGS", "ERL_AFLAGS", "ERL_ZFLAGS", "ERL_INETRC", "ELIXIR_ERL_OPTIONS",
        "TCLLIBPATH", "GUILE_LOAD_PATH", "GUILE_LOAD_COMPILED_PATH", "GOPATH", "GOROOT", "GOBIN", "GOENV", "GOFLAGS", "GOPROXY", "GOSUMDB",
        "GONOSUMDB", "GONOPROXY", "GOINSECURE", "GOTOOLCHAIN", "GOAUTH", "GODEBUG", "GOVCS", "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER",
        "RUSTFLAGS", "RUSTDOCFLAGS", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "RUSTUP_DIST_SERVER", "RUSTUP_UPDATE_ROOT", "CARGO", "CARGO_HOME",
        "CARGO_HTTP_CAINFO", "MAKEFILES", "MAKEFLAGS", "GNUMAKEFLAGS", "GCC_EXEC_PREFIX", "NIX_PATH", "NIX_REMOTE", "NIX_CONFIG", "NIX_CONF_DIR",
        "NIX_USER_CONF_FILES", "NIX_SSL_CERT_FILE", "COMPILER_PATH", "CMAKE_TOOLCHAIN_FILE",

        // Remote shells, version control, keys and TLS.
        "SSH_AUTH_SOCK", "SSH_SK_PROVIDER", "SSH_SK_HELPER", "SSH_PKCS11_HELPER", "RSYNC_RSH", "RSYNC_CONNECT_PROG", "CVS_RSH", "SVN_SSH",
        "SVN_EDITOR", "HGRCPATH", "HGEDITOR", "GNUPGHOME", "GPG_AGENT_INFO", "SSLKEYLOGFILE", "CURL_HOME", "CURL_CA_BUNDLE", "CURL_SSL_BACKEND",
        "WGETRC", "SYSTEM_WGETRC", "NETRC", "CTLOG_FILE", "QLOGDIR", "RANDFILE", "SOFTHSM2_CONF", "SASL_PATH", "SASL_CONF_PATH", "LDAPCONF", "LDAPRC",
        "LDAPURI", "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "GH_HOST", "GH_CONFIG_DIR", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_API_URL",
        "GITHUB_GRAPHQL_URL", "GITHUB_SERVER_URL",

        // AWS.
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CREDENTIAL_FILE", "AWS_CA_BUNDLE",
        "AWS_LOGIN_CACHE_DIRECTORY", "AWS_DATA_PATH", "AWS_LAMBDA_EXEC_WRAPPER", "AWS_LAMBDA_RUNTIME_API", "BOTO_CONFIG",

        // Azure and GitHub Actions: where an identity's token is asked for, and where it goes.
        "AZURE_AUTHORITY_HOST", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "AZURE_REGIONAL_AUTHORITY_NAME", "AZURE_FEDERATED_TOKEN_FILE",
        "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_CONFIG_DIR", "AZURE_EXTENSION_DIR", "IDENTITY_ENDPOINT", "IDENTITY_SERVER_THUMBPRINT",
        "IMDS_ENDPOINT", "MSI_ENDPOINT", "SYSTEM_OIDCREQUESTURI", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_RUNTIME_URL", "ACTIONS_RESULTS_URL",
        "ACTIONS_CACHE_URL",

        // Google.
        "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_API_CERTIFICATE_CONFIG", "GOOGLE_API_USE_CLIENT_CERTIFICATE", "GOOGLE_API_USE_MTLS_ENDPOINT",
        "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT", "CLOUDSDK_CONFIG", "CLOUDSDK_ROOT_DIR",
        "CLOUDSDK_GSUTIL_PYTHON", "CLOUDSDK_BQ_PYTHON", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE", "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
        "CLOUDSDK_AUTH_TOKEN_HOST", "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",

        // Vault and OpenBao, and other servers of secrets: where the token goes, and whom it trusts there.
        "VAULT_ADDR", "VAULT_AGENT_ADDR", "VAULT_PROXY_ADDR", "VAULT_API_ADDR", "VAULT_CLUSTER_ADDR", "VAULT_REDIRECT_ADDR", "VAULT_NAMESPACE",
        "VAULT_CACERT", "VAULT_CACERT_BYTES", "VAULT_CAPATH", "VAULT_CLIENT_CERT", "VAULT_CLIENT_KEY", "VAULT_SKIP_VERIFY", "VAULT_TLS_SERVER_NAME",
        "VAULT_SRV_LOOKUP", "VAULT_CONFIG_PATH", "BAO_ADDR", "BAO_AGENT_ADDR", "BAO_PROXY_ADDR", "BAO_API_ADDR", "BAO_CLUSTER_ADDR",
        "BAO_REDIRECT_ADDR", "BAO_NAMESPACE", "BAO_CACERT", "BAO_CACERT_BYTES", "BAO_CAPATH", "BAO_CLIENT_CERT", "BAO_CLIENT_KEY", "BAO_SKIP_VERIFY",
        "BAO_TLS_SERVER_NAME", "BAO_SRV_LOOKUP", "BAO_CONFIG_PATH", "CONSUL_HTTP_ADDR", "CONSUL_HTTP_SSL_VERIFY", "CONSUL_CACERT", "CONSUL_CAPATH",
        "CONSUL_TLS_SERVER_NAME", "NOMAD_ADDR", "NOMAD_CACERT", "NOMAD_CAPATH", "NOMAD_SKIP_VERIFY", "BOUNDARY_ADDR", "SPIFFE_ENDPOINT_SOCKET",
        "OP_CONNECT_HOST", "DOPPLER_API_HOST", "INFISICAL_API_URL", "CONJUR_APPLIANCE_URL", "CONJUR_CERT_FILE",

        // Containers, clusters and services.
        "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "CONTAINER_HOST", "CONTAINERS_CONF", "CONTAINERS_REGISTRIES_CONF",
        "REGISTRY_AUTH_FILE", "BUILDKIT_HOST", "KUBECONFIG", "HELM_PLUGINS", "HELM_REPOSITORY_CONFIG", "HELM_REGISTRY_CONFIG", "HELM_KUBEAPISERVER",
        "HELM_KUBECAFILE", "TERRAFORM_CONFIG", "CREDENTIALS_DIRECTORY", "CONFIGURATION_DIRECTORY", "NOTIFY_SOCKET", "DBUS_SESSION_BUS_ADDRESS",
        "DBUS_SYSTEM_BUS_ADDRESS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "OTEL_EXPORTER_OTLP_CERTIFICATE",

        // Clients of databases: files that they read, and libraries that they load.
        "PGHOSTADDR", "PGSERVICEFILE", "PGSYSCONFDIR", "PGPASSFILE", "PGSSLROOTCERT", "PGSSLMODE", "MYSQL_HOME", "MYSQL_TEST_LOGIN_FILE",
        "LIBMYSQL_PLUGIN_DIR", "LIBMYSQL_PLUGINS", "TNS_ADMIN", "ORACLE_HOME", "ODBCINI", "ODBCSYSINI",

        // Toolkits that load modules.
        "GTK_MODULES", "GTK3_MODULES", "GTK_PATH", "GIO_EXTRA_MODULES", "GIO_MODULE_DIR", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH",
        "HDF5_PLUGIN_PATH",
    };

    /// <summary>Gives the name or the family that keeps a variable from being exported; <see langword="null"/> where it may be.</summary>
    /// <remarks>Case does not count on any system, so that a file means the same on each, and since <c>http_proxy</c> is read in either.</remarks>
    public static string? Find(string name) =>
        Names.TryGetValue(name, out string? exact) ? exact
        : Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } start ? start + "*"
        : Array.Find(Suffixes, suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } end ? "*" + end
        : null;
}
