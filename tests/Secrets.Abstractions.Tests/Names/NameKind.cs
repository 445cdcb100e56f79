using Secrets.Testing;

namespace Secrets.Tests.Names;

/// <summary>A kind of source, and the ways in which it spells one key.</summary>
/// <param name="name">The source's name in the chain.</param>
/// <param name="spellings">The same path as such a source may spell it.</param>
internal abstract class NameKind(string name, params string[] spellings)
{
    /// <summary>The path that all spellings mean.</summary>
    public const string Path = "data_base.api_key";

    public string Name { get; } = name;

    public IReadOnlyList<string> Spellings { get; } = spellings;

    /// <summary>Makes the source hold one value, under one spelling.</summary>
    public abstract void Set(string spelling, string value);

    public abstract void AddTo(SecretsBuilder builder);

    public override string ToString() => Name;
}

/// <summary>A source that gives sections, as a file does.</summary>
internal sealed class LocalNames() : NameKind("fake", "data_base.api_key", "DataBase.ApiKey", "DATABASE.API-KEY", "database.APIKey")
{
    private readonly FakeSource _source = FakeSource.Local();
    private string? _last;

    public override void Set(string spelling, string value)
    {
        _ = _last is null || _last == spelling ? _source : _source.Remove(_last);
        _source.Set(_last = spelling, value);
    }

    public override void AddTo(SecretsBuilder builder) => builder.Add(_source);
}

/// <summary>Environment variables without a prefix.</summary>
internal sealed class VariableNames() : NameKind(
    "environment", "DATA_BASE__API_KEY", "DATABASE__APIKEY", "DATA_BASE_API_KEY", "DATABASE_API_KEY", "DataBase__ApiKey", "data_base.api_key", "Database.ApiKey")
{
    private readonly Dictionary<string, string> _variables = new() { ["HOME"] = "/root", ["DATA"] = "x", ["DATABASE_API"] = "y", ["API_KEY"] = "z" };
    private string? _last;

    public override void Set(string spelling, string value)
    {
        _variables.Remove(_last ?? "");
        _variables[_last = spelling] = value;
    }

    public override void AddTo(SecretsBuilder builder) => builder.AddEnvironment(configure: o => o.Variables = _variables);
}

/// <summary>Environment variables with a prefix.</summary>
internal sealed class PrefixedNames() : NameKind("environment", "APP_DATA_BASE__API_KEY", "APP_DATABASE__APIKEY", "APP_DataBase__ApiKey")
{
    private readonly Dictionary<string, string> _variables = new() { ["DATA_BASE__API_KEY"] = "x" };
    private string? _last;

    public override void Set(string spelling, string value)
    {
        _variables.Remove(_last ?? "");
        _variables[_last = spelling] = value;
    }

    public override void AddTo(SecretsBuilder builder) => builder.AddEnvironment("APP_", o => o.Variables = _variables);
}

/// <summary>A JSON secret of a store.</summary>
internal sealed class JsonNames() : NameKind("store", """{"data_base":{"api_key":"*"}}""", """{"DataBase":{"ApiKey":"*"}}""", """{"DATABASE":{"api-key":"*"}}""", """{"data-base":{"APIKey":"*"}}""")
{
    private readonly JsonStore _store = new();

    public override void Set(string spelling, string value) => _store.Text = spelling.Replace("*", value, StringComparison.Ordinal);

    public override void AddTo(SecretsBuilder builder) => builder.Add(_store);

    private sealed class JsonStore : ISecretsRemoteSource
    {
        public string Name => "store";

        public string Text { get; set; } = "{}";

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) =>
            new(new SecretsBatch(SecretFormat.Json.Read(Text, request.Origin("prod/shop")).Where(e => request.IsAskedFor(e.Path))));

        public SecretsSourcePlan Plan(SecretsRequest request) => new(request, ["prod/shop"], 1);
    }
}
