using System.Text;
using System.Text.Json;
using Secrets.Toml.Decoder;

namespace Secrets.Toml.Reading;

public class DecoderCommandTests
{
    [Fact]
    public void A_valid_document_is_tagged_JSON_and_exit_code_0()
    {
        const string toml = """
            s = "x"
            i = 0xFF
            f = 1.0
            b = true
            odt = 1979-05-27T07:32:00Z
            ldt = 1979-05-27T07:32:00
            ld = 1979-05-27
            lt = 07:32:00
            a = [1, {}]
            [t]
            """;
        const string json = """
            {
              "s": {"type": "string", "value": "x"},
              "i": {"type": "integer", "value": "255"},
              "f": {"type": "float", "value": "1.0"},
              "b": {"type": "bool", "value": "true"},
              "odt": {"type": "datetime", "value": "1979-05-27T07:32:00Z"},
              "ldt": {"type": "datetime-local", "value": "1979-05-27T07:32:00"},
              "ld": {"type": "date-local", "value": "1979-05-27"},
              "lt": {"type": "time-local", "value": "07:32:00"},
              "a": [{"type": "integer", "value": "1"}, {}],
              "t": {}
            }
            """;
        (int code, string output, string errors) = Run(toml);
        Assert.Equal(0, code);
        Assert.Empty(errors);
        using JsonDocument expected = JsonDocument.Parse(json);
        using JsonDocument actual = JsonDocument.Parse(output);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), output);
    }

    [Fact]
    public void The_deepest_document_can_be_written()
    {
        int depth = new TomlReaderOptions().MaxDepth;
        Assert.Equal(0, Run("a = " + new string('[', depth) + new string(']', depth)).Code);
    }

    [Fact]
    public void An_invalid_document_is_a_message_and_exit_code_1()
    {
        (int code, string output, string errors) = Run("a = 1\na = 2");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("(2,1): this key is defined twice; the first is at (1,1)", errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0, "--toml", "1.1")]
    [InlineData(1, "--toml", "1.0")]
    [InlineData(2, "--toml", "2.0")]
    [InlineData(2, "--toml")]
    [InlineData(2, "file.toml")]
    [InlineData(2, "--toml", "1.1", "more")]
    public void The_arguments_choose_the_version_and_others_are_exit_code_2(int expected, params string[] args)
    {
        (int code, string output, string errors) = Run("a = 07:32", args);
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.Length > 0);
        Assert.Equal(expected == 2, errors.StartsWith("usage: ", StringComparison.Ordinal));
    }

    private static (int Code, string Output, string Errors) Run(string toml, params string[] args)
    {
        using MemoryStream input = new(Encoding.UTF8.GetBytes(toml));
        using MemoryStream output = new();
        using StringWriter errors = new();
        int code = DecoderCommand.Run(input, output, errors, args);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
