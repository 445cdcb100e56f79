using System.Text;
using System.Text.Json;

namespace Secrets.DotEnv.Tests;

public sealed class DotEnvCanaryTests : IDisposable
{
    private readonly Workspace _here = new();
    private readonly Canary _canary = new();

    public void Dispose() => _here.Dispose();

    // The canary stands for CANARY: in values, in comments, in variables, and where a key or a value was meant.
    public static TheoryData<string> Faults =>
    [
        "A=\"CANARY",
        "A='CANARY\nB=CANARY",
        "A=\"CANARY\" CANARY",
        "A='CANARY'CANARY",
        "A=\"CANARY\\xff\"",
        "A=\"CANARY\\777\"",
        "A=\"CANARY\\0\"",
        "A=CANARY\nCANARY",
        "A=CANARY\nCANARY CANARY=CANARY",
        "A='CANARY'\nexport CANARY",
        "A=1\n'CANARY'=CANARY",
        "=CANARY",
        "A: CANARY",
        "1CANARY=CANARY",
        "A=CANARY\0",
        "# CANARY\0",
        "A=CANARY\rB=CANARY",
        "A=pa$xCANARY",
        "A=$$$xCANARY$xCANARY",
        "A=\"$2b$10$xCANARY\"",
        "A=CANARY$NOPE",
        "A=CANARY${NOPE}CANARY",
        "A=${CANARY}",
        "A=${NOPE:-CANARY}",
        "A=\"${CANARY",
        "A={\"k\": \"CANARY # CANARY\"}",
        "A=pa$XCANARY",
        "A=${NOPE-CANARY}",
        "A=\u201CCANARY\u201D",
        "{\"A\": \"CANARY\"}",
        "[CANARY]",
        "$env:CANARY = \"CANARY\"",
        "set A=CANARY",
        "A=CANARY\nA=CANARY",
        "A_B=CANARY\nAB=CANARY",
        "A=CANARY\nA__B=CANARY",
        "V=CANARY\nA=$V$HELD$NOPE",
        "V=CANARY\nA=\"$V$HELD\\xff\"",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_malformed_file_is_not_quoted(string text)
    {
        _here.Variables["HELD"] = _canary.Value;
        _here.WriteEnv(text.Replace("CANARY", _canary.Value));
        _here.Write("home/project/other.env", $"A={_canary.Value}");

        AssertUnseen(Fails(_here.Build));
        AssertUnseen(Fails(() => new SecretsBuilder().AddDotEnv(_here.With(o => o.Files = ["other.env", ".env"])).Build()));
        AssertUnseen(Fails(() => new SecretsBuilder().AddDotEnv(_here.With(o => o.Files = [".env", ".env"])).Build()));
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_or_beyond_a_limit_is_not_quoted()
    {
        _here.Write("home/project/.env", [.. Encoding.UTF8.GetBytes($"A='{_canary.Value}"), 0xFF, .. "'"u8]);
        AssertUnseen(Fails(_here.Build));

        _here.WriteEnv($"A={_canary.Value}\nB=$A$A$A$A$A$A");
        AssertUnseen(Fails(() => new SecretsBuilder().AddDotEnv(_here.With(o => o.MaxSize = 20)).Build()));
        AssertUnseen(Fails(() => new SecretsBuilder().AddDotEnv(_here.With(o => o.MaxSize = 80)).Build()));

        _here.WriteEnv($"A='{_canary.Value}{new string('x', 200_000)}'");
        AssertUnseen(Fails(_here.Build));
    }

    [Fact]
    public void What_is_read_shows_itself_masked()
    {
        _here.Variables["HELD"] = _canary.Value;
        _here.WriteEnv($"A={_canary.Value}\nB=\"$A $HELD\"\nS__C='{_canary.Value}'");
        _here.Write("home/project/more.env", $"A=2{_canary.Value}");
        using SecretsStore secrets = new SecretsBuilder().AddDotEnv(_here.With(o => o.Files = [".env", "more.env"])).Build();

        Assert.Equal($"{_canary.Value} {_canary.Value}", secrets.GetString("b"));
        _canary.Scan(((object)secrets).ToString(), "the store");
        _canary.Scan(string.Join(' ', secrets.Values), "values");
        _canary.Scan(string.Join(' ', secrets.Values.Select(v => v.Origin)), "origins");
        _canary.Scan(JsonSerializer.Serialize<object>(secrets), "JSON");
        _canary.Scan(string.Join('\n', secrets.Sources), "sources");
        _canary.Scan(secrets.Explain("a").ToString(), "the explanation");
        AssertUnseen(Fails(() => secrets["a"].As<int>()));
        AssertUnseen(Fails(() => secrets.GetString("s.d")));
        Assert.True(_canary.Count >= 5);
    }

    private void AssertUnseen(Exception failure)
    {
        _canary.ScanException(failure, "the failure");
        Assert.Empty(_canary.Leaks);
    }

    private static Exception Fails(Func<object?> act)
    {
        Exception? e = Record.Exception(() => act());
        return e is ISecretsError ? e : throw new InvalidOperationException($"{e?.GetType().FullName ?? "nothing"} was thrown");
    }
}
