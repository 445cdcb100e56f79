using System.Globalization;

namespace Secrets;

/// <summary>What a build would ask one source.</summary>
public sealed class SecretsSourcePlan
{
    /// <summary>Creates the plan of one load of a remote source; for authors of sources.</summary>
    /// <param name="request">What the source would be asked for.</param>
    /// <param name="nativeNames">The names that it would ask its store for, as the store writes them.</param>
    /// <param name="calls">The number of calls; <see langword="null"/> where only the store knows, as when it is listed.</param>
    public SecretsSourcePlan(SecretsRequest request, IReadOnlyList<string> nativeNames, int? calls)
        : this((request ?? throw new ArgumentNullException(nameof(request))).SourceName, isRemote: true, request.Demands, nativeNames, calls)
    {
    }

    internal SecretsSourcePlan(string name, bool isRemote, IReadOnlyList<SecretDemand>? demands, IReadOnlyList<string> nativeNames, int? calls)
    {
        ArgumentNullException.ThrowIfNull(nativeNames);
        Name = name;
        IsRemote = isRemote;
        Demands = demands;
        NativeNames = nativeNames;
        Calls = calls;
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the source is behind a network, or is not created before others have loaded.</summary>
    public bool IsRemote { get; }

    /// <summary>Gets the paths that it would be asked for; <see langword="null"/> for all that it is configured for, empty where it would not be contacted.</summary>
    public IReadOnlyList<SecretDemand>? Demands { get; }

    /// <summary>Gets the names that it would be asked for, as the store writes them; of a local source the places where it looked.</summary>
    public IReadOnlyList<string> NativeNames { get; }

    /// <summary>Gets the number of calls; 0 of a local source and of one that would not be contacted, <see langword="null"/> where only the store knows.</summary>
    public int? Calls { get; }

    /// <summary>Gets a value indicating whether a remote source above may supply some or all of it, so that this is the most that it would be asked.</summary>
    public bool IsUpperBound { get; internal init; }

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>aws: 1 call for prod/shop</c>.</returns>
    public override string ToString()
    {
        if (!IsRemote)
        {
            return $"{Name}: local{(NativeNames.Count == 0 ? "" : ", " + Names())}";
        }

        if (Demands is { Count: 0 })
        {
            return $"{Name}: not contacted";
        }

        string calls = Calls is null ? "as many calls as the store needs" : string.Create(CultureInfo.InvariantCulture, $"{Calls} call{(Calls == 1 ? "" : "s")}");
        string names = NativeNames.Count > 0 ? Names() : Demands is null ? "all that it is configured for" : string.Join(", ", Demands);
        return $"{Name}: {(IsUpperBound ? "at most " : "")}{calls} for {names}";
    }

    private string Names() => string.Join(", ", NativeNames.Select(SecretOrigin.Printable));
}
