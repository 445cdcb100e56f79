using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Secrets.Conversion;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>One binding: the section that is read, what was found, and what is wrong.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class BindingContext(SectionNode root)
{
    private readonly Dictionary<Type, TypeShape> _shapes = [];

    public SectionNode Root { get; } = root;

    public BindingProblems Problems { get; } = new(root);

    /// <summary>Gets how many values were found, readable or not.</summary>
    public int Found { get; private set; }

    /// <summary>
    /// Finds the value for a type. A section that only variables have is no single value, and it is not enough for an object either: its members are asked
    /// for one by one, so that a variable which merely begins like the section does not make the object present.
    /// </summary>
    public SecretValue? Find(Type type, SecretPath path)
    {
        SecretValue? value = Root.FindBySegments(path.Segments);
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (value?.Node is { IsFromLookups: true } section)
        {
            bool isOneValue = TypeKinds.IsLeaf(inner) && inner != typeof(object) && inner != typeof(SecretValue) && !TypeKinds.IsView(inner);
            return isOneValue ? section.Blocker?.Value : TypeKinds.IsComposite(inner) ? null : value;
        }

        return value is { Below: not null } && TypeKinds.IsComposite(inner) ? null : value;
    }

    /// <summary>True where a source has the path; a variable below it does not count.</summary>
    public bool HasValue(SecretPath path) => Root.FindBySegments(path.Segments) is { Node: not { IsFromLookups: true } };

    /// <summary>True where a source has the path, or variables have a member of the object that belongs there.</summary>
    public bool IsThere(Type type, SecretPath path)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        return Find(type, path) is { Node: not { IsCertain: false } } || (TypeKinds.IsComposite(inner) && HasMember(inner, path));
    }

    /// <summary>True where there is a value for a member of the type, or for one of an object in it.</summary>
    public bool HasMember(Type type, SecretPath path) => HasMember(type, path, []);

    private bool HasMember(Type type, SecretPath path, HashSet<Type> within)
    {
        // Types may hold each other in more ways than can be tried, so the search follows what the sources have.
        if ((path.Segments.Count > 0 && Root.FindBySegments(path.Segments) is null) || within.Count > TypeRequirements.MaxDepth || !within.Add(type))
        {
            return false;
        }

        try
        {
            return ShapeOf(type, path).Members.Any(m =>
            {
                SecretPath below = path.Append(m.Path);
                Type inner = Nullable.GetUnderlyingType(m.Type) ?? m.Type;
                return Find(inner, below) is { Node: not { IsCertain: false } } || (TypeKinds.IsComposite(inner) && HasMember(inner, below, within));
            });
        }
        catch (SecretsSourceException)
        {
            // The type cannot be bound, which matters only where something would be bound to it.
            return false;
        }
        finally
        {
            within.Remove(type);
        }
    }

    /// <exception cref="SecretsSourceException">No secret can become the type: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public TypeShape ShapeOf(Type type, SecretPath path)
    {
        if (!_shapes.TryGetValue(type, out TypeShape? shape))
        {
            shape = TypeShape.Of(type, Root.Path.Append(path));
            _shapes.Add(type, shape);
        }

        return shape;
    }

    /// <summary>Reads what was found. What cannot or must not be read is one problem of several.</summary>
    public object? Reading(Type type, SecretPath path, Func<object?> read)
    {
        Found++;
        try
        {
            return read();
        }
        catch (SecretsSourceException failure)
        {
            Problems.Failed(failure);
            return null;
        }
        catch (NotSupportedException) when (!RuntimeFeature.IsDynamicCodeSupported)
        {
            Problems.Failed(NotCompiled(type, path));
            return null;
        }
    }

    /// <summary>Runs code of the program's, whose exceptions may quote what they are given. Nothing is run where anything is wrong already.</summary>
    public object? Running(Type type, SecretPath path, Func<object?> run)
    {
        if (!Problems.HasNone)
        {
            return null;
        }

        try
        {
            return run();
        }
        catch (NotSupportedException) when (!RuntimeFeature.IsDynamicCodeSupported)
        {
            Problems.Failed(NotCompiled(type, path));
            return null;
        }
        catch (TargetInvocationException failure)
        {
            Problems.Wrong(new SecretsFormatException(
                $"{NameOf(path)} cannot be read as {TextConverter.Describe(type)}: the type's own code threw {failure.InnerException?.GetType().FullName}."));
            return null;
        }
    }

    public void Misfit(SecretPath path, string reason) => Problems.Failed(
        new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"{Root.Path.Append(path)} is there, and {reason}"));

    /// <summary>Names a path at the beginning of a sentence.</summary>
    public string NameOf(SecretPath path) => Root.Path.Append(path) is { Segments.Count: > 0 } full ? full.ToString() : "The root";

    // Code of the program's throws through reflection, and so as another exception.
    private SecretsSourceException NotCompiled(Type type, SecretPath path) => new(
        SecretsErrorCode.InvalidConfiguration,
        $"This program was compiled ahead of time without the code that reads {Root.Path.Append(path)} as {TextConverter.Describe(type)}; read it with GetValue<T>, GetString or SecretValue.");
}
