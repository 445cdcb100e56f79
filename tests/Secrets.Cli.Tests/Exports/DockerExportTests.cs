using Secrets.Cli.Readers;

namespace Secrets.Cli.Exports;

public class DockerExportTests
{
    [Theory]
    [MemberData(nameof(OddValues.All), MemberType = typeof(OddValues))]
    public void A_value_is_read_back_or_refused_by_name(string value)
    {
        bool isRefused = value.AsSpan().ContainsAny('\r', '\n') || value is "\"quoted\"" or "'quoted'";
        if (isRefused)
        {
            CommandException refusal = Assert.Throws<CommandException>(() => DockerExport.Write(OddValues.Named("A", value)));
            Assert.StartsWith("A ", refusal.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(value, DockerEnvFile.Read(DockerExport.Write(OddValues.Named("A", value)) + "B=1\n")["A"]);
    }

    [Fact]
    public void A_line_that_the_client_cannot_read_is_refused() =>
        Assert.Throws<CommandException>(() => DockerExport.Write(OddValues.Named("A", new string('x', 64 * 1024))));
}
