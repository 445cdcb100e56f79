using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class NeverExportedTests
{
    /// <summary>What the names of each line would do if a secrets file could set them.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "where programs and homes are", "PATH path Path PATHEXT ComSpec SHELL HOME USERPROFILE APPDATA LOCALAPPDATA SystemRoot TMPDIR TMP TEMP XDG_CONFIG_HOME" },
        { "the dynamic loader", "LD_PRELOAD ld_library_path LD_AUDIT DYLD_INSERT_LIBRARIES LIBPATH _RLD_LIST GLIBC_TUNABLES GCONV_PATH LOCPATH HOSTALIASES RES_OPTIONS MALLOC_TRACE" },
        { "macOS", "DYLD_FRAMEWORK_PATH CFFIXED_USER_HOME CFNETWORK_DIAGNOSTICS" },
        { ".NET", "DOTNET_STARTUP_HOOKS dotnet_gcheapcount DOTNET_ENVIRONMENT CORECLR_PROFILER COR_PROFILER_PATH COR_ENABLE_PROFILING COMPlus_JitDisasm COMPLUS_X" },
        { ".NET hosts", "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES ASPNETCORE_URLS ASPNETCORE_ENVIRONMENT MSBuildSDKsPath NUGET_PACKAGES PSModulePath OTEL_DOTNET_AUTO_HOME" },
        { "this library", "SECRETS_FILES SECRETS_TOML Secrets__Offline SECRETS__OFFLINE" },
        { "shells", "BASH_ENV ENV BASH_FUNC_ls%% IFS PS4 PROMPT_COMMAND SHELLOPTS ZDOTDIR FPATH EDITOR PAGER LESSOPEN BROWSER SUDO_ASKPASS" },
        { "Java", "JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH JAVA_HOME MAVEN_OPTS GRADLE_OPTS" },
        { "Node", "NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED npm_config_registry NPM_CONFIG_SCRIPT_SHELL BUN_OPTIONS DENO_CERT" },
        { "Python", "PYTHONPATH PYTHONSTARTUP PYTHONHOME PIP_INDEX_URL UV_INDEX_URL REQUESTS_CA_BUNDLE VIRTUAL_ENV" },
        { "Ruby, Perl, PHP", "RUBYOPT RUBYLIB GEM_HOME BUNDLE_GEMFILE PERL5LIB PERL5OPT PERLLIB PERL5DB PHPRC PHP_INI_SCAN_DIR" },
        { "Go, Rust, make", "GOPROXY GOFLAGS GOTOOLCHAIN RUSTC_WRAPPER CARGO_HOME MAKEFLAGS MAKEFILES" },
        { "git and ssh", "GIT_SSH_COMMAND GIT_SSH GIT_EXEC_PATH GIT_CONFIG_COUNT GIT_ASKPASS SSH_AUTH_SOCK SSH_ASKPASS SSH_ASKPASS_REQUIRE GNUPGHOME" },
        { "proxies", "HTTP_PROXY https_proxy NO_PROXY ALL_PROXY ftp_proxy VAULT_HTTP_PROXY" },
        { "TLS and sign-on", "SSL_CERT_FILE SSL_CERT_DIR OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES SSLKEYLOGFILE CURL_CA_BUNDLE KRB5_CONFIG KRB5CCNAME" },
        { "AWS endpoints", "AWS_ENDPOINT_URL AWS_ENDPOINT_URL_SECRETS_MANAGER AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_EC2_METADATA_SERVICE_ENDPOINT" },
        { "AWS files", "AWS_CA_BUNDLE AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_WEB_IDENTITY_TOKEN_FILE AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE AWS_LAMBDA_EXEC_WRAPPER" },
        { "Azure", "AZURE_AUTHORITY_HOST IDENTITY_ENDPOINT MSI_ENDPOINT IMDS_ENDPOINT AZURE_FEDERATED_TOKEN_FILE AZURE_CONFIG_DIR AZURE_POD_IDENTITY_AUTHORITY_HOST" },
        { "Google", "GOOGLE_APPLICATION_CREDENTIALS GCE_METADATA_HOST CLOUDSDK_CONFIG CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER CLOUDSDK_PYTHON PUBSUB_EMULATOR_HOST" },
        { "Vault and OpenBao", "VAULT_ADDR VAULT_AGENT_ADDR VAULT_CACERT VAULT_SKIP_VERIFY VAULT_NAMESPACE VAULT_TLS_SERVER_NAME BAO_ADDR BAO_CACERT BAO_SKIP_VERIFY" },
        { "containers", "DOCKER_HOST DOCKER_CONFIG KUBECONFIG KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT_HTTPS CREDENTIALS_DIRECTORY" },
        { "telemetry, which carries headers with keys", "OTEL_EXPORTER_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_LOGS_ENDPOINT" },
    };

    /// <summary>An application's own settings and credentials, whose names look alike.</summary>
    public static TheoryData<string, string> Exported => new()
    {
        { "credentials", "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AZURE_CLIENT_SECRET VAULT_TOKEN BAO_TOKEN GITHUB_TOKEN GH_TOKEN NPM_TOKEN NUGET_API_KEY PGPASSWORD COMPOSER_AUTH" },
        { "which credentials", "AWS_PROFILE AWS_REGION AWS_ROLE_ARN AZURE_CLIENT_ID AZURE_TENANT_ID GOOGLE_CLOUD_PROJECT PGUSER PGHOST" },
        { "an application's endpoints", "AZURE_OPENAI_ENDPOINT OPENAI_BASE_URL SEARCH_ENDPOINT STORAGE_ENDPOINT API_URL DATABASE_URL" },
        { "modes", "NODE_ENV RAILS_ENV ENVIRONMENT" },
        { "names that only begin or end alike", "MYPATH PATHS OLD_KEY proxy proxy_password HOMEPAGE HOME_URL SHELLY_KEY digit_key gitlab_token google_key monobank_token mono_token java_key SECRETS_KEY SECRET TEMPERATURE temp_key" },
        { "ordinary keys", "api_key db_username username user password host token url display public lang" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_loads_code_or_redirects_is_never_exported(string why, string names)
    {
        Assert.NotEmpty(why);
        using var _ = new InCulture("tr-TR");

        Assert.Equal("", string.Join(' ', names.Split(' ').Where(name => NeverExported.Find(name) is null)));
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void Credentials_and_an_application_s_own_names_are_exported(string why, string names)
    {
        Assert.NotEmpty(why);

        Assert.Equal("", string.Join(' ', names.Split(' ').Where(name => NeverExported.Find(name) is not null)));
    }

    [Theory]
    [InlineData("home", "HOME")]
    [InlineData("Git_Dir", "GIT_*")]
    [InlineData("all_proxy", "*_PROXY")]
    [InlineData("api_key", null)]
    public void The_answer_is_the_name_or_the_family(string name, string? found) => Assert.Equal(found, NeverExported.Find(name));

    // Every name in the table and in the line about credentials, with a family's star filled in.
    [Fact]
    public void The_documentation_names_what_the_list_has()
    {
        string page = Repository.Read("docs/toml.md");
        string section = page[page.IndexOf("Some names are never exported", StringComparison.Ordinal)..];
        string table = section[..section.IndexOf("| what a platform cannot hold |", StringComparison.Ordinal)];
        string exported = section[section.IndexOf("Credentials are exported", StringComparison.Ordinal)..section.IndexOf("Case does not count", StringComparison.Ordinal)];

        Assert.InRange(Names(table).Count(), 40, 100);
        Assert.Equal([], Names(table).Where(name => !string.Equals(NeverExported.Find(name.Replace("*", "X", StringComparison.Ordinal)), name, StringComparison.Ordinal)));
        Assert.Equal([], Names(exported).Where(name => NeverExported.Find(name) is not null));
        Assert.Equal(4, Names(exported).Count());
    }

    private static IEnumerable<string> Names(string markdown) => markdown.Split('`').Where((_, i) => i % 2 == 1);
}
