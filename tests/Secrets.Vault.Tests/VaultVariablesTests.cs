using System.Security.Cryptography.X509Certificates;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;
using Secrets.Tests.Fakes;

namespace Secrets.Vault.Tests;

/// <summary>The variables of the command lines, given to the options and not to the process.</summary>
public sealed class VaultVariablesTests : IAsyncDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly X509Certificate2 _authority = TestCertificate.Create();
    private readonly VaultServer _server;

    public VaultVariablesTests()
    {
        _server = VaultServers.Start(new VaultServer { Certificate = _authority });
        _server.SetSecret("secret/shop/a", """{"a":"1"}""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => _server.Address.AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("VAULT_")]
    [InlineData("BAO_")]
    public async Task A_path_alone_takes_the_server_that_the_variables_name(string prefix)
    {
        _server.Namespace = "teams/shop";
        await using SecretsStore secrets = await BuildAsync([(prefix + "ADDR", Address), (prefix + "TOKEN", _server.AcceptedToken), (prefix + "CACERT", Authority()), (prefix + "NAMESPACE", "teams/shop/")]);
        Assert.Equal(("1", "teams/shop"), (secrets.GetString("a.a"), _server.Calls[0].Header("X-Vault-Namespace")));
    }

    [Fact]
    public async Task Those_of_OpenBao_come_first_and_an_empty_one_is_none()
    {
        await using SecretsStore secrets = await BuildAsync(
        [
            ("VAULT_ADDR", "https://vault.invalid"), ("BAO_ADDR", Address), ("VAULT_TOKEN", "wrong"), ("BAO_TOKEN", _server.AcceptedToken),
            ("BAO_CACERT", ""), ("VAULT_CACERT", Authority()), ("VAULT_CAPATH", "/nowhere"), ("BAO_NAMESPACE", ""),
        ]);
        Assert.Equal("1", secrets.GetString("a.a"));
    }

    [Fact]
    public async Task A_folder_of_authorities_is_read()
    {
        Authority();
        await using SecretsStore secrets = await BuildAsync([("VAULT_ADDR", Address), ("VAULT_TOKEN", _server.AcceptedToken), ("VAULT_CAPATH", _folder.Path)]);
        Assert.Equal("1", secrets.GetString("a.a"));
    }

    [Theory]
    [InlineData("missing.pem", "cannot be read")]
    [InlineData("empty.pem", "has no certificate")]
    public async Task Authorities_that_cannot_be_read_are_named(string file, string why)
    {
        _folder.Write("empty.pem", "");
        SecretsSourceException failure = await FailAsync([("VAULT_ADDR", Address), ("VAULT_TOKEN", "t"), ("VAULT_CACERT", _folder[file])]);
        Assert.Contains(_folder[file], failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    // Some platforms hand over contents where the command lines take the names of files.
    [Theory]
    [InlineData("VAULT_CLIENT_KEY", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", "c2VjcmV0")]
    [InlineData("VAULT_CLIENT_KEY", "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg", "MIGHAgEA")]
    [InlineData("VAULT_CLIENT_CERT", "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----", "c2VjcmV0")]
    [InlineData("VAULT_CACERT", "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----", "c2VjcmV0")]
    public async Task A_content_in_the_place_of_a_file_is_not_quoted(string variable, string content, string secret)
    {
        SecretsSourceException failure = await FailAsync(
        [
            ("VAULT_ADDR", Address), ("VAULT_TOKEN", "t"),
            .. new[] { "VAULT_CLIENT_CERT", "VAULT_CLIENT_KEY" }.Where(_ => variable.Contains("CLIENT", StringComparison.Ordinal)).Select(n => (n, n == variable ? content : _folder["c.pem"])),
            .. variable.Contains("CLIENT", StringComparison.Ordinal) ? Array.Empty<(string, string)>() : [(variable, content)],
        ]);
        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("give the name of a file, and not what stands in it.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_certificate_and_the_name_of_the_server_are_taken()
    {
        using X509Certificate2 client = TestCertificate.Create("client");
        await using VaultServer server = VaultServers.Start(new VaultServer { Certificate = TestCertificate.Create("vault.internal", isOfLoopback: false), RequiresClientCertificate = true });
        server.SetSecret("secret/shop/a", """{"a":"1"}""");
        server.SetLogin("cert/login", new VaultCertificateLogin("web", TimeSpan.FromHours(1), new HashSet<string>(StringComparer.Ordinal) { client.Thumbprint }));
        await using SecretsStore secrets = await BuildAsync(
            [
                ("VAULT_ADDR", server.Address.AbsoluteUri),
                ("VAULT_CLIENT_CERT", _folder.Write("c.pem", client.ExportCertificatePem())),
                ("VAULT_CLIENT_KEY", _folder.Write("c.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())),
                ("VAULT_CACERT", _folder.Write("ca.pem", server.Certificate!.ExportCertificatePem())),
                ("VAULT_TLS_SERVER_NAME", "vault.internal"),
            ],
            o => o.Login = VaultLogin.Certificate());
        Assert.Equal("1", secrets.GetString("a.a"));
    }

    [Fact]
    public async Task An_agent_wins_over_the_server_and_needs_no_token()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsUnixDomainSockets, "This system has no Unix sockets.");
        await using VaultServer agent = VaultServers.Start(new VaultServer { SocketPath = _folder["agent.sock"], AcceptedToken = "" });
        agent.SetSecret("secret/shop/a", """{"a":"2"}""");
        await using SecretsStore secrets = await BuildAsync([("VAULT_AGENT_ADDR", "unix://" + _folder["agent.sock"]), ("BAO_ADDR", Address)]);
        Assert.Equal(("2", 0), (secrets.GetString("a.a"), _server.CallCount));
        Assert.All(agent.Calls, c => Assert.Null(c.Header("X-Vault-Token")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_is_sent_through_an_agent_too(bool isOfFile)
    {
        if (isOfFile)
        {
            _folder.Write(".vault-token", _server.AcceptedToken + "\n");
        }

        await using SecretsStore secrets = await BuildAsync([("BAO_AGENT_ADDR", Address), ("BAO_CACERT", Authority()), ("BAO_TOKEN", isOfFile ? "" : _server.AcceptedToken)]);
        Assert.All(_server.Calls, c => Assert.Equal(_server.AcceptedToken, c.Header("X-Vault-Token")));
    }

    [Fact]
    public async Task Without_an_agent_a_token_is_needed()
    {
        SecretsSourceException failure = await FailAsync([("BAO_ADDR", Address)], SecretsErrorCode.AccessDenied);
        Assert.Contains("set BAO_TOKEN or VAULT_TOKEN", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("TRUE")]
    [InlineData("t")]
    [InlineData("true", "BAO_")]
    public async Task The_check_of_certificates_cannot_be_skipped(string value, string prefix = "VAULT_")
    {
        SecretsSourceException failure = await FailAsync([("VAULT_ADDR", Address), ("VAULT_TOKEN", "t"), (prefix + "SKIP_VERIFY", value)]);
        Assert.Contains(prefix + "SKIP_VERIFY asks to skip the check of certificates", failure.Message, StringComparison.Ordinal);
        Assert.Contains(prefix + "CACERT", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("")]
    public async Task A_check_that_is_not_skipped_is_no_matter(string value)
    {
        await using SecretsStore secrets = await BuildAsync([("VAULT_ADDR", Address), ("VAULT_TOKEN", _server.AcceptedToken), ("VAULT_CACERT", Authority()), ("BAO_SKIP_VERIFY", value)]);
        Assert.Equal("1", secrets.GetString("a.a"));
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "VAULT_ADDR", "", "there is no address: set Address, or the variable BAO_ADDR or VAULT_ADDR" },
        { "VAULT_ADDR", "https://vault.example/v1", "VAULT_ADDR must be the server's address alone" },
        { "VAULT_ADDR", "http://vault.example:8200", "VAULT_ADDR must use https" },
        { "BAO_AGENT_ADDR", "nonsense", "BAO_AGENT_ADDR must use https" },
        { "VAULT_NAMESPACE", "a?b", "VAULT_NAMESPACE must be a path" },
        { "VAULT_TLS_SERVER_NAME", "a/b", "VAULT_TLS_SERVER_NAME must be the name of a host" },
        { "VAULT_CLIENT_CERT", "/c.pem", "VAULT_CLIENT_CERT is set alone" },
        { "VAULT_CLIENT_KEY", "/c.key", "VAULT_CLIENT_KEY is set alone" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_variable_that_is_wrong_fails_the_build_that_needs_it(string name, string value, string message)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["VAULT_ADDR"] = Address, ["VAULT_TOKEN"] = "t", [name] = value };
        SecretsSourceException failure = await FailAsync([.. variables.Select(v => (v.Key, v.Value))]);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains("correct the variables", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.CallCount);

        // A developer's machine that has everything else needs no variables.
        using SecretsStore local = await new SecretsBuilder().Require("a").AddInMemory(new Dictionary<string, string> { ["a"] = "1" })
            .AddVault("secret/shop/", configure: o => o.Surroundings = Surroundings(variables)).BuildAsync(Token);
        Assert.Equal("1", local.GetString("a"));
    }

    [Fact]
    public async Task What_is_given_in_code_wins()
    {
        using X509Certificate2 other = TestCertificate.Create("other");
        (string, string)[] variables =
        [
            ("VAULT_ADDR", Address), ("VAULT_TOKEN", "wrong"), ("VAULT_NAMESPACE", "wrong"), ("VAULT_CACERT", _folder.Write("other.pem", other.ExportCertificatePem())),
            ("VAULT_TLS_SERVER_NAME", "wrong.example"), ("VAULT_CLIENT_CERT", "/wrong"), ("VAULT_CLIENT_KEY", "/wrong"),
        ];
        string pair = _folder.Write("pair.pem", other.ExportCertificatePem() + "\n" + other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using SecretsStore secrets = await BuildAsync(variables, o =>
        {
            o.Login = VaultLogin.Token(_server.AcceptedToken);
            o.Namespace = "";
            o.TlsServerName = "localhost";
            o.ClientCertificate = new VaultClientCertificate(pair);
            o.CertificateAuthorities.Add(_authority);
        });
        Assert.Equal("1", secrets.GetString("a.a"));
        Assert.Null(_server.Calls[0].Header("X-Vault-Namespace"));
    }

    [Fact]
    public async Task With_an_address_in_code_no_variable_but_the_token_is_read()
    {
        await using SecretsStore secrets = await BuildAsync(
            [("VAULT_ADDR", "https://vault.invalid"), ("VAULT_AGENT_ADDR", "https://vault.invalid"), ("VAULT_NAMESPACE", "wrong"), ("VAULT_SKIP_VERIFY", "1"), ("VAULT_TOKEN", _server.AcceptedToken)],
            o =>
            {
                o.Address = _server.Address;
                o.CertificateAuthorities.Add(_authority);
            });
        Assert.Equal("1", secrets.GetString("a.a"));
    }

    [Fact]
    public async Task A_message_names_the_variable_that_gave_the_address()
    {
        SecretsSourceException failure = await FailAsync([("BAO_ADDR", "https://127.0.0.1:1"), ("BAO_TOKEN", "t")], SecretsErrorCode.Unavailable);
        Assert.Contains("Vault at https://127.0.0.1:1 (BAO_ADDR)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_origin_of_each_setting_is_shown_and_no_value()
    {
        var options = new VaultOptions { Namespace = "hidden-1", ClientCertificate = new VaultClientCertificate("hidden-2") };
        options.Surroundings = Surroundings(new Dictionary<string, string> { ["BAO_AGENT_ADDR"] = "hidden-3", ["VAULT_NAMESPACE"] = "hidden-4", ["VAULT_CAPATH"] = "hidden-5" });
        Assert.Equal(
            "VaultOptions: Address from BAO_AGENT_ADDR, Namespace from code, CertificateAuthorities from VAULT_CAPATH, ClientCertificate from code, TlsServerName not set, "
            + "Login from ~/.vault-token, or none through BAO_AGENT_ADDR",
            options.ToString());
        Assert.Equal(
            "VaultOptions: Address from code, Namespace from code, CertificateAuthorities not set, ClientCertificate from code, TlsServerName not set, Login from ~/.vault-token",
            new VaultOptions { Address = new Uri("https://hidden-6"), Namespace = "hidden-1", ClientCertificate = options.ClientCertificate, Surroundings = options.Surroundings }.ToString());
        options.Surroundings = Surroundings(new Dictionary<string, string> { ["VAULT_TOKEN"] = "hidden-7" });
        Assert.EndsWith("Login from VAULT_TOKEN", options.ToString(), StringComparison.Ordinal);
        options.Login = VaultLogin.Token("hidden-8");
        Assert.EndsWith("Address not set, Namespace from code, CertificateAuthorities not set, ClientCertificate from code, TlsServerName not set, Login from code", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ADDR", "Address")]
    [InlineData("AGENT_ADDR", "Address")]
    [InlineData("NAMESPACE", "Namespace")]
    [InlineData("CACERT", "CertificateAuthorities")]
    [InlineData("CAPATH", "CertificateAuthorities")]
    [InlineData("CLIENT_CERT", "ClientCertificate")]
    [InlineData("TLS_SERVER_NAME", "TlsServerName")]
    [InlineData("TOKEN", "Login")]
    public void Each_variable_of_OpenBao_comes_before_that_of_Vault(string name, string setting)
    {
        var options = new VaultOptions { Surroundings = Surroundings(new() { ["VAULT_" + name] = "hidden-1", ["BAO_" + name] = "hidden-2" }) };
        Assert.Contains($"{setting} from BAO_{name}", options.ToString(), StringComparison.Ordinal);
        options.Surroundings = Surroundings(new() { ["VAULT_" + name] = "hidden-1" });
        Assert.Contains($"{setting} from VAULT_{name}", options.ToString(), StringComparison.Ordinal);
    }

    private string Authority() => _folder.Write("authority.pem", _authority.ExportCertificatePem());

    private VaultSurroundings Surroundings(Dictionary<string, string> variables) => new(variables.GetValueOrDefault, _folder.Path, () => _folder.Path);

    private Task<SecretsStore> BuildAsync((string Name, string Value)[] variables, Action<VaultOptions>? configure = null) => new SecretsBuilder()
        .AddVault("secret/shop/", configure: o =>
        {
            o.Surroundings = Surroundings(variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));
            o.MaxAttempts = 1;
            configure?.Invoke(o);
        })
        .BuildAsync(Token);

    private async Task<SecretsSourceException> FailAsync((string Name, string Value)[] variables, SecretsErrorCode code = SecretsErrorCode.InvalidConfiguration)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(variables));
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
