using System.Diagnostics.CodeAnalysis;
using Secrets.Binding;
using Secrets.Conversion;
using Secrets.Keys;

namespace Secrets;

/// <content>What the program requires, and which source may supply it.</content>
public sealed partial class SecretsBuilder
{
    /// <summary>Declares paths that the program cannot start without. Remote sources are then asked for what is declared alone.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A text is not a path.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A path has more than 256 keys: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Require(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ThrowIfFrozen();
        SecretDemand[] demands = [.. paths.Select(p => new SecretDemand(DepthLimit.Check(SecretPath.Parse(p, nameof(paths)))))];
        _draft.Declare(demands);
        return this;
    }

    /// <summary>
    /// Declares what a type needs: a path for each member, in snake_case or as <see cref="SecretNameAttribute"/> says.
    /// Members with a default or a nullable type are optional, and a section of which nothing is required may be absent.
    /// The build fails unless the type can be bound to what is there.
    /// </summary>
    /// <typeparam name="T">A record, a class or a struct, as <see cref="SecretsView.Get{T}(string)"/> binds it.</typeparam>
    /// <param name="path">The section that holds the members; <see langword="null"/> for the root.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The text is not a path, or the type is one value and no path is given.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">
    /// The type cannot be bound: a member stores a value and cannot be set, no member can, it is abstract, or it nests without end. A path has more than 256 keys. The members that are the reason are named:
    /// <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public SecretsBuilder Require<T>(string? path = null)
    {
        ThrowIfFrozen();
        SecretPath section = path is null ? SecretPath.Root : SecretPath.Parse(path, nameof(path));
        IReadOnlyList<SecretDemand> demands = TypeRequirements.Of(typeof(T), DepthLimit.Check(section));
        foreach (SecretDemand demand in demands)
        {
            _ = DepthLimit.Check(demand.Path);
        }

        // A section of which nothing is required may be absent.
        bool isNeeded = demands.Any(d => d.IsRequired);
        _draft.Declare(demands, view => _ = isNeeded ? Binder.Bind(typeof(T), view.Node, section) : Binder.TryBind(typeof(T), view.Node, section, out _));
        return this;
    }

    /// <summary>Lets only one source supply a path and what is below it, so that no local file can shadow a production secret.</summary>
    /// <param name="path">The path.</param>
    /// <param name="to">The source's name in the chain.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">
    /// The path has a pin already, or more than 256 keys: <see cref="SecretsErrorCode.InvalidConfiguration"/>. A pin of an equal key is found by the build.
    /// </exception>
    public SecretsBuilder Pin(string path, string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        ThrowIfFrozen();
        _draft.Pin(DepthLimit.Check(SecretPath.Parse(path, nameof(path))), to);
        return this;
    }
}
