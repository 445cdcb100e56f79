using System.Text;

namespace Secrets.DotEnv.Reading;

/// <summary>Reads a text as a file, for tests.</summary>
internal static class DotEnvRead
{
    public const string File = "a.env";

    public static IReadOnlyList<DotEnvAssignment> Read(string text, Func<string, string?>? variable = null, bool allowUnset = false, int maxSize = int.MaxValue) =>
        Read(Encoding.UTF8.GetBytes(text), variable, allowUnset, maxSize);

    public static IReadOnlyList<DotEnvAssignment> Read(byte[] utf8, Func<string, string?>? variable = null, bool allowUnset = false, int maxSize = int.MaxValue) =>
        new DotEnvReader(DotEnvText.Decode(utf8, File), variable ?? (_ => null), allowUnset, maxSize).Read();

    /// <summary>Gives the keys and values as <c>A->b ; C->d</c>.</summary>
    public static string Pairs(string text, Func<string, string?>? variable = null, bool allowUnset = false) =>
        string.Join(" ; ", Read(text, variable, allowUnset).Select(a => $"{a.Key}->{a.Value}"));

    public static SecretsFormatException Fails(string text, Func<string, string?>? variable = null, int maxSize = int.MaxValue) =>
        Fails(Encoding.UTF8.GetBytes(text), variable, maxSize);

    public static SecretsFormatException Fails(byte[] utf8, Func<string, string?>? variable = null, int maxSize = int.MaxValue)
    {
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => Read(utf8, variable, maxSize: maxSize));
        Assert.Equal((SecretsErrorCode.InvalidFormat, File), (e.Code, e.File));
        Assert.Null(e.InnerException);
        Assert.Empty(e.Data);
        return e;
    }
}
