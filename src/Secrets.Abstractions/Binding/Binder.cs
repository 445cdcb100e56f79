using System.Diagnostics.CodeAnalysis;
using Secrets.Conversion;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>Creates objects from sections.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class Binder
{
    private readonly BindingContext _context;
    private readonly ValueBinder _values;
    private readonly ObjectFiller _filler;
    private readonly HashSet<Type> _absent = [];

    // How many problems there were before the outermost section that is absent.
    private int _problemsBefore;

    private Binder(SectionNode root)
    {
        _context = new BindingContext(root);
        _values = new ValueBinder(_context, this);
        _filler = new ObjectFiller(_context, _values, this);
    }

    public static object? Bind(Type type, SectionNode root, SecretPath path)
    {
        var binder = new Binder(root);
        TypeShape.At(root.Path.Append(path), () => TypeShape.ThrowIfRefused(type));
        object? bound = binder.BindPath(type, path);
        binder.ThrowIfIncomplete(type, path);
        return bound;
    }

    /// <summary>Binds where there is anything at the path; variables alone may be what is there.</summary>
    public static bool TryBind(Type type, SectionNode root, SecretPath path, out object? bound)
    {
        var binder = new Binder(root);
        TypeShape.At(root.Path.Append(path), () => TypeShape.ThrowIfRefused(type));
        bound = binder.BindPath(type, path);
        bool isThere = binder._context.Found > 0;
        if (isThere)
        {
            binder._context.Problems.ThrowIfAny();
        }

        return isThere;
    }

    /// <summary>Fills an object that exists. It stays as it is if anything is wrong with the secrets.</summary>
    /// <exception cref="ArgumentException">The object cannot be filled.</exception>
    public static void Fill(object instance, SectionNode root, SecretPath path)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Type type = instance.GetType();
        if (!TypeKinds.IsFillable(type))
        {
            throw new ArgumentException($"{TextConverter.Describe(type)} cannot be filled; give an object of a class, a list or a dictionary.", nameof(instance));
        }

        if (!TypeKinds.IsCollection(type))
        {
            TypeShape.OfExisting(type).OrThrowIfEmpty(type);
        }

        var binder = new Binder(root);
        var assignments = new List<Action>();
        binder._filler.FillObject(type, instance, path, assignments);
        binder.ThrowIfIncomplete(type, path);
        binder._filler.Run(assignments, type, path);
        binder._context.Problems.ThrowIfAny();
    }

    /// <summary>Gives the arguments of a method, by the names of its parameters.</summary>
    public static object?[] Arguments(IReadOnlyList<Member> parameters, SectionNode root)
    {
        var binder = new Binder(root);
        object?[] arguments = [.. parameters.Select(p => binder.BindArgument(p, SecretPath.Root))];
        binder._context.Problems.ThrowIfAny();
        return arguments;
    }

    public object? BindPath(Type type, SecretPath path)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (path.Segments.Count == 0)
        {
            return _values.Whole(inner);
        }

        if (_context.Find(inner, path) is { } value)
        {
            return _values.Convert(inner, value, path);
        }

        if (TypeKinds.IsComposite(inner))
        {
            if (_context.HasMember(inner, path))
            {
                return Composite(inner, path);
            }

            // Nothing of the section is there, and each of its members is named. A type that holds itself has no end of members.
            _problemsBefore = _absent.Count == 0 ? _context.Problems.Count : _problemsBefore;
            if (_absent.Add(inner))
            {
                return Absent(inner, path);
            }
        }

        _context.Problems.Missing(path);
        return null;
    }

    public object? Composite(Type type, SecretPath path)
    {
        TypeShape shape = _context.ShapeOf(type, path);
        object?[] arguments = [.. shape.Parameters.Select(p => BindArgument(p, path))];

        // Where no object can be created, the members are looked at all the same, so that every problem is named at once.
        object? created = _context.Running(type, path, () => shape.Constructor?.Invoke(arguments) ?? Activator.CreateInstance(type)!);
        var assignments = new List<Action>();
        _filler.FillMembers(shape, created, path, FillMode.New, assignments);
        _filler.Run(assignments, type, path);
        return _context.Problems.HasNone ? created : null;
    }

    private object? BindArgument(Member parameter, SecretPath at)
    {
        SecretPath path = at.Append(parameter.Path);
        return parameter.IsRequired || _context.IsThere(parameter.Type, path)
            ? BindPath(parameter.Type, path)
            : parameter.Fallback ?? TypeKinds.DefaultOf(parameter.Type);
    }

    private object? Absent(Type type, SecretPath path)
    {
        if (_absent.Count > TypeRequirements.MaxDepth)
        {
            throw TypeRequirements.TooDeep(_context.Root.Path.Append(path));
        }

        if (_context.Problems.Count - _problemsBefore >= TypeRequirements.MaxPaths)
        {
            throw TypeRequirements.TooMany(_context.Root.Path.Append(path));
        }

        int found = _context.Found;
        int problems = _context.Problems.Count;
        object? created = Composite(type, path);
        _absent.Remove(type);
        if (_context.Found == found && _context.Problems.Count == problems)
        {
            // An object of defaults would hide that no source has the section.
            _context.Problems.Missing(path);
        }

        return created;
    }

    private void ThrowIfIncomplete(Type type, SecretPath path)
    {
        if (_context.Found == 0 && path.Segments.Count > 0 && _context.Root.FindBySegments(path.Segments) is null)
        {
            // No source has anything there, so the section is reported as missing and not each of its members.
            bool isSection = TypeKinds.IsComposite(type) || TypeKinds.IsView(type) || DictionaryShape.Of(type) is not null;
            throw _context.Root.NotFound([path], isSection ? SoughtKind.Section : SoughtKind.Value);
        }

        _context.Problems.ThrowIfAny();
    }
}
