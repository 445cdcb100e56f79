using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class EnvironmentEntriesTests
{
    [Theory]
    // variables, what the view has
    [InlineData("APP_HOSTS__0=a; APP_HOSTS__1=b", "HOSTS=[a, b]@environment")]
    [InlineData("APP_HOSTS__1=b; APP_HOSTS__0=a; APP_X=1", "HOSTS=[a, b]@environment; X=1@environment")]
    [InlineData("APP_A__B__0=x", "A.B=[x]@environment")]
    [InlineData("APP_Hosts__1=b; APP_HOSTS__0=a", "HOSTS=[a, b]@environment")]
    [InlineData("APP_P__0=a; APP_P__1=b; APP_P__2=c; APP_P__3=d; APP_P__4=e; APP_P__5=f; APP_P__6=g; APP_P__7=h; APP_P__8=i; APP_P__9=j; APP_P__10=k", "P=[a, b, c, d, e, f, g, h, i, j, k]@environment")]
    // Keys that do not count from 0 are keys.
    [InlineData("APP_PORTS__8080=x", "PORTS.8080=x@environment")]
    [InlineData("APP_HOSTS__0=a; APP_HOSTS__NAME=b", "HOSTS.0=a@environment; HOSTS.NAME=b@environment")]
    [InlineData("APP_HOSTS__00=a", "HOSTS.00=a@environment")]
    [InlineData("APP_0=a", "0=a@environment")]
    // A gap is a mistake, and an empty variable is absent.
    [InlineData("APP_HOSTS__0=a; APP_HOSTS__2=c", "HOSTS=!InvalidFormat")]
    [InlineData("APP_HOSTS__0=a; APP_HOSTS__1=", "HOSTS=[a]@environment")]
    // What contradicts itself is told as everywhere.
    [InlineData("APP_HOSTS=x; APP_HOSTS__0=a", "HOSTS=!InvalidFormat")]
    [InlineData("APP_HOSTS__0=a; APP_Hosts__0=b", "HOSTS.0=!InvalidFormat")]
    [InlineData("APP_HOSTS__0=a; APP_HOSTS__0__X=b", "HOSTS.0=!InvalidFormat")]
    public void Keys_that_count_from_0_make_an_array(string variables, string expected)
    {
        using SecretsStore store = Prefixed(variables);

        Assert.Equal(expected, Chains.Show(store));
    }

    [Fact]
    public void An_array_of_tables_is_bound()
    {
        using SecretsStore store = Prefixed("APP_SERVERS__0__HOST=a; APP_SERVERS__0__PORTS__0=1; APP_SERVERS__1__HOST=b; APP_SERVERS__1__TLS__CERT=c");

        Assert.Equal(["a", "b"], store.Get<List<Server>>("servers").Select(s => s.Host));
        Assert.Equal("1", store.GetString("servers.0.ports.0"));
        Assert.Equal("c", store.GetString("servers.1.tls.cert"));
        Assert.Equal("environment APP_SERVERS__1__TLS__CERT", store["servers"][1]["tls"]["cert"].Origin.ToString());
    }

    [Fact]
    public void A_gap_names_the_variable_to_set()
    {
        using SecretsStore store = Prefixed("APP_A__HOSTS__0=secret; APP_A__HOSTS__2=secret");

        string message = Assert.Throws<SecretsSourceException>(() => store.Get<List<string>>("a.hosts")).Message;

        Assert.Contains("count from 0 without a gap, and APP_A__HOSTS__1 is not set", message);
        Assert.DoesNotContain("secret", message);
    }

    [Fact]
    public void A_table_in_an_array_with_a_key_twice_names_both_variables()
    {
        using SecretsStore store = Prefixed("APP_S__0__HOST=a; APP_S__0__Host=b; APP_S__0__PORT=1");

        Assert.Contains("APP_S__0__HOST and APP_S__0__Host are one key", Assert.Throws<SecretsSourceException>(() => store.GetString("s.0.host")).Message);
        Assert.Equal("1", store.GetString("s.0.port"));
    }

    [Fact]
    public void A_name_without_end_is_refused_with_a_code()
    {
        string name = "APP_A" + string.Concat(Enumerable.Repeat("__0", 20_000));

        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(() => Prefixed(name + "=x")).Code);
    }

    private static SecretsStore Prefixed(string variables) => new SecretsBuilder().AddEnvironment("APP_", o => o.Variables =
        variables.Split("; ").Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1])).Build();

    private sealed record Server(string Host);
}
