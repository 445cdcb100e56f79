using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>One binding: the section that is read, what was found, and what is wrong.</summary>
[RequiresUnreferencedCode(Binder.TrimmingNote)]
[RequiresDynamicCode(Binder.TrimmingNote)]
internal sealed class BindingContext(SectionNode root)
{
    private readonly Dictionary<Type, TypeShape> _shapes = [];

    public SectionNode Root { get; } = root;

    public BindingProblems Problems { get; } = new(root);

    /// <summary>Gets how many values were found, readable or not.</summary>
    public int Found { get; private set; }

    public SecretValue? Find(SecretPath path) => Root.FindBySegments(path.Segments);

    /// <summary>True where a source has the path, or variables have a member of the object that belongs there.</summary>
    public bool IsThere(Type type, SecretPath path)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        return Find(path) is not null || (TypeKinds.IsComposite(inner) && HasMember(inner, path));
    }

    public bool HasMember(Type type, SecretPath path)
    {
        try
        {
            return ShapeOf(type, path).Members.Any(m => Find(path.Append(m.Path)) is not null);
        }
        catch (SecretsSourceException)
        {
            // The type cannot be bound, which matters only where something would be bound to it.
            return false;
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
    public object? Reading(Func<object?> read)
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
        catch (TargetInvocationException failure)
        {
            Problems.Wrong(new SecretsFormatException(
                $"{Root.Path.Append(path)} cannot be read as {TextConverter.Describe(type)}: the type's own code threw {failure.InnerException?.GetType().FullName}."));
            return null;
        }
    }

    public void Misfit(SecretPath path, string reason) => Problems.Failed(
        new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"{Root.Path.Append(path)} is there, and {reason}"));
}
