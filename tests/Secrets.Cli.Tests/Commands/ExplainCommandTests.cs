namespace Secrets.Cli.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_supplier_and_the_shadowed_are_named()
    {
        _desk.WriteToml("api_token = \"hunter2\"\n");
        _desk.Variables["API_TOKEN"] = "hunter3";

        string output = await _desk.OutputAsync("explain", "api_token");

        Assert.Contains(".secrets/secrets.toml(1,1)", output, StringComparison.Ordinal);
        Assert.Contains("API_TOKEN", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nothing_supplies_is_a_no()
    {
        Assert.Equal(ExitCode.No, await _desk.RunAsync("explain", "api_token"));
        Assert.Contains("api_token", _desk.Terminal.OutputText, StringComparison.Ordinal);
    }
}
