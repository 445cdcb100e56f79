namespace Secrets.Tests.Fakes;

/// <summary>Short ways to chains, and to what they gave as text for tables.</summary>
internal static class Chains
{
    public static SecretsBuilder Of(params ISecretsSource[] sources)
    {
        var builder = new SecretsBuilder();
        foreach (ISecretsSource source in sources)
        {
            builder.Add(source);
        }

        return builder;
    }

    /// <summary>Adds environment variables that a test makes up: <c>DB_PASSWORD=x; DB_USER=y</c>.</summary>
    public static SecretsBuilder AddVariables(this SecretsBuilder builder, string variables) => builder.AddEnvironment(configure: options =>
        options.Variables = variables.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]));

    /// <summary>Declares each path of a list, <c>a.b, a.c</c>; <c>a.value?</c> is an optional member of <c>a</c>.</summary>
    public static SecretsBuilder RequireAll(this SecretsBuilder builder, string paths)
    {
        foreach (string path in paths.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _ = path.EndsWith(".value?", StringComparison.Ordinal) ? builder.Require<Optional>(path[..^".value?".Length]) : builder.Require(path);
        }

        return builder;
    }

    /// <summary>Gives every leaf and who supplied it: <c>a.b=text@toml; a.c=!AccessDenied; a.d=[x, y]@aws; a.e={}</c>.</summary>
    public static string Show(SecretsView view, string prefix = "") => string.Join("; ", view.Select(e => Show(e.Value, prefix + e.Key)));

    /// <summary>Gives what a read of a path gives: the text, <c>!Code</c> of what it throws, or <c>-</c> for nothing.</summary>
    public static string Read(SecretsView view, string path)
    {
        try
        {
            return view.GetString(path, fallback: null) ?? "-";
        }
        catch (Exception failure) when (failure is ISecretsError error)
        {
            return "!" + error.Code;
        }
    }

    private static string Show(SecretValue value, string path) => value.Kind switch
    {
        SecretKind.Section when value.AsSection().Count == 0 => path + "={}",
        SecretKind.Section => Show(value.AsSection(), path + "."),
        SecretKind.Array => $"{path}=[{string.Join(", ", value.AsList().Select(e => e.Reveal()))}]@{value.Origin.SourceName}",
        SecretKind.Unreadable => $"{path}=!{Assert.Throws<SecretsSourceException>(value.Reveal).Code}",
        _ => $"{path}={value.Reveal()}@{value.Origin.SourceName}",
    };

    private sealed record Optional(SecretValue? Value = null);
}
