using Secrets.Cli.Readers;

namespace Secrets.Cli.Exports;

public class SystemdExportTests
{
    [Theory]
    [MemberData(nameof(OddValues.All), MemberType = typeof(OddValues))]
    public void A_value_is_read_back(string value)
    {
        Dictionary<string, string> read = SystemdEnvFile.Read(SystemdExport.Write(OddValues.Named("A", value)) + SystemdExport.Write(OddValues.Named("B", "1")));

        Assert.Equal(value, read["A"]);
        Assert.Equal("1", read["B"]);
    }

    [Theory]
    [InlineData("A=b c  \n", "b c")]
    [InlineData("A=\"b\\qc\\\\\"\n", "b\\qc\\")]
    [InlineData("A='b\\c'd\n", "b\\cd")]
    [InlineData("; c\nA=\\\"b\n", "\"b")]
    public void The_port_reads_what_systemd_documents(string text, string value) => Assert.Equal(value, SystemdEnvFile.Read(text)["A"]);
}
