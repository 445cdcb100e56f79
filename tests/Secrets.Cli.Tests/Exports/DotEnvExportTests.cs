using Secrets.Cli.Readers;

namespace Secrets.Cli.Exports;

public sealed class DotEnvExportTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [MemberData(nameof(OddValues.All), MemberType = typeof(OddValues))]
    public async Task A_value_is_read_back_by_our_own_reader_and_by_the_rules_of_python_dotenv_or_refused_by_name(string value)
    {
        string text;
        try
        {
            text = DotEnvExport.Write(OddValues.Named("A", value));
        }
        catch (CommandException refusal)
        {
            Assert.StartsWith("A ", refusal.Message, StringComparison.Ordinal);
            Assert.True(
                value.Contains("${", StringComparison.Ordinal)
                || value.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
                || (value.Contains('$', StringComparison.Ordinal) && value.AsSpan().ContainsAny('\'', '\\', '\r')));
            return;
        }

        Assert.Equal(value, PythonDotEnv.Read(text + "B=1\n"));
        _desk.Write("x.env", text + "B=1\n");
        Assert.Equal(value, await _desk.OutputAsync("get", "-n", "A", "--from", "dotenv:x.env"));
    }

    /// <summary>Cases that were run with python-dotenv 1.2.2.</summary>
    [Theory]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A='b # c'", "b # c")]
    [InlineData("A=\"x\\ny\\tz\\\\w\"", "x\ny\tz\\w")]
    [InlineData("A='x\\ny\\tz'", "x\\ny\\tz")]
    [InlineData("A='x\\'y'", "x'y")]
    [InlineData("A=\"p\\$VAR\"", "p\\$VAR")]
    [InlineData("A=\"x\\qy\"", "x\\qy")]
    [InlineData("A='${V}'", "")]
    [InlineData("A='$V'", "$V")]
    [InlineData("A=pa$$w0rd$1", "pa$$w0rd$1")]
    [InlineData("A=${NOPE_X:-dflt}", "dflt")]
    [InlineData("A=\"l1\nl2\"", "l1\nl2")]
    [InlineData("A = b=c==", "b=c==")]
    public void The_port_reads_what_python_dotenv_read(string text, string value) => Assert.Equal(value, PythonDotEnv.Read(text));
}
