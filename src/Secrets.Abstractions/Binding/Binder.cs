using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>Makes objects of sections, and arguments of a method.</summary>
[RequiresUnreferencedCode(TrimmingNote)]
[RequiresDynamicCode(TrimmingNote)]
internal sealed class Binder
{
    public const string TrimmingNote = "Binding reads constructors and members by reflection. Use As<T>, GetString or SecretValue in a trimmed program.";

    private static readonly Type[] Lists = [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>)];

    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];

    private static readonly Type[] Dictionaries = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    private readonly SectionNode _root;
    private readonly BindingProblems _problems;
    private readonly HashSet<Type> _absent = [];
    private bool _foundAny;

    private Binder(SectionNode root)
    {
        _root = root;
        _problems = new BindingProblems(root);
    }

    public static object? Bind(Type type, SectionNode root, SecretPath path)
    {
        var binder = new Binder(root);
        object? bound = binder.BindPath(type, path);
        if (!binder._foundAny && binder._problems.IsAbsenceOnly && path.Segments.Count > 0)
        {
            // Nothing at all is there: the section is what is missing, not each of its members.
            throw root.NotFound([path]);
        }

        binder._problems.ThrowIfAny();
        return bound;
    }

    /// <summary>Binds where there is anything at the path; variables alone may be what is there.</summary>
    public static bool TryBind(Type type, SectionNode root, SecretPath path, out object? bound)
    {
        var binder = new Binder(root);
        bound = binder.BindPath(type, path);
        if (binder._foundAny)
        {
            binder._problems.ThrowIfAny();
        }

        return binder._foundAny;
    }

    /// <exception cref="ArgumentException">The delegate cannot be called with arguments alone, or does not give a result that is asked for.</exception>
    public static object? Invoke(Delegate method, SectionNode root, bool hasResult)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (hasResult && method.Method.ReturnType == typeof(void))
        {
            throw new ArgumentException("The method gives no result; use the Invoke without a type.", nameof(method));
        }

        var binder = new Binder(root);

        // A delegate over a static method may carry its first argument itself.
        int bound = method.Method.GetParameters().Length - method.GetType().GetMethod("Invoke")!.GetParameters().Length;
        if (bound < 0)
        {
            throw new ArgumentException("The delegate leaves open whose method it calls; make it of an object's method.", nameof(method));
        }

        object?[] arguments = binder.BindAll([.. TypeShape.ParametersOf(method.Method).Skip(bound)], SecretPath.Root);
        binder._problems.ThrowIfAny();
        try
        {
            return method.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
    }

    private object?[] BindAll(IReadOnlyList<Member> members, SecretPath at) => [.. members.Select(m => BindMember(m, at, out _))];

    private object? BindMember(Member member, SecretPath at, out bool isAbsent)
    {
        SecretPath path = at.Append(member.Path);
        isAbsent = false;
        if (_root.FindBySegments(path.Segments) is { } value)
        {
            return Convert(member.Type, value, path);
        }

        if (!member.IsRequired)
        {
            object? optional = TryComposite(member.Type, path);
            isAbsent = optional is null;
            return optional ?? member.Fallback ?? DefaultOf(member.Type);
        }

        return BindPath(member.Type, path);
    }

    private object? BindPath(Type type, SecretPath path)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (path.Segments.Count == 0)
        {
            return Whole(inner);
        }

        if (_root.FindBySegments(path.Segments) is { } value)
        {
            return Convert(type, value, path);
        }

        // No source has the section, but variables may answer for its members one by one. A type that holds itself has no end of members.
        if (TypeShape.IsComposite(inner) && _absent.Add(inner))
        {
            object? made = Composite(inner, path);
            _absent.Remove(inner);
            return made;
        }

        _problems.Missing(path);
        return null;
    }

    private object? Whole(Type type)
    {
        if (type == typeof(object))
        {
            return RevealedSection.Of(_root);
        }

        if (!TrySection(type, _root.View, SecretPath.Root, out object? bound))
        {
            string name = _root.Path.Segments.Count == 0 ? "The root" : _root.Path.ToString();
            _problems.Wrong(new SecretsFormatException($"{name} is a section and cannot be read as {TextConverter.Describe(type)}; name the path that holds it."));
        }

        return bound;
    }

    private object? TryComposite(Type type, SecretPath path)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (!TypeShape.IsComposite(inner))
        {
            return null;
        }

        return TypeShape.Of(inner).Members.Any(m => _root.FindBySegments([.. path.Segments, .. m.Path.Segments]) is not null)
            ? Composite(inner, path)
            : null;
    }

    private object? Convert(Type type, SecretValue value, SecretPath path)
    {
        _foundAny = true;
        try
        {
            return ConvertReadable(Nullable.GetUnderlyingType(type) ?? type, value, path);
        }
        catch (SecretsSourceException failure)
        {
            // It, or what is below it, cannot or must not be read; the other members may have problems too.
            _problems.Unreadable(failure);
            return null;
        }
    }

    private object? ConvertReadable(Type inner, SecretValue value, SecretPath path)
    {
        if (value.Kind == SecretKind.Unreadable)
        {
            throw value.Unread();
        }

        if (inner == typeof(SecretValue))
        {
            return value;
        }

        if (inner == typeof(object))
        {
            return RevealedSection.Reveal(value);
        }

        if (value.Kind == SecretKind.Section)
        {
            return TrySection(inner, value.AsSection(), path, out object? made) ? made : Wrong(value, inner);
        }

        if (value.Kind == SecretKind.Array)
        {
            return TryCollection(inner, value, path, out object? made) ? made : Wrong(value, inner);
        }

        if (value.Kind == SecretKind.Bytes)
        {
            return inner == typeof(byte[]) ? value.RevealBytes() : Wrong(value, inner);
        }

        return Text(inner, value) ?? Wrong(value, inner);
    }

    /// <summary>The result says whether a section can fill the type; what is wrong within it is among the problems.</summary>
    private bool TrySection(Type type, SecretsView section, SecretPath path, out object? made)
    {
        made = null;
        if (type.IsAssignableFrom(typeof(SecretsView)) && type != typeof(IEnumerable))
        {
            made = section;
        }
        else if (IsOneOf(type, Dictionaries) && type.GenericTypeArguments[0] == typeof(string))
        {
            if (section.Node.Blocker is { } blocker)
            {
                throw blocker.Value.Unread();
            }

            Type valueType = type.GenericTypeArguments[1];
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
            foreach ((string key, SecretValue value) in section)
            {
                if (Convert(valueType, value, path.Append(key)) is { } item)
                {
                    dictionary[key] = item;
                }
            }

            made = dictionary;
        }
        else if (TypeShape.IsComposite(type))
        {
            made = Composite(type, path);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>The result says whether an array can fill the type; what is wrong within it is among the problems.</summary>
    private bool TryCollection(Type type, SecretValue value, SecretPath path, out object? collection)
    {
        collection = null;
        Type? element = type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
            : IsOneOf(type, Lists) || IsOneOf(type, Sets) ? type.GenericTypeArguments[0]
            : null;
        if (element is null || type == typeof(byte[]))
        {
            return false;
        }

        IReadOnlyList<SecretValue> items = value.AsList();
        var array = Array.CreateInstance(element, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            object? item = Convert(element, items[i], path.Append(i.ToString(CultureInfo.InvariantCulture)));
            if (item is not null)
            {
                array.SetValue(item, i);
            }
        }

        Type? made = type.IsArray ? null : (IsOneOf(type, Sets) ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(element);
        collection = made is null ? array : Activator.CreateInstance(made, array);
        return true;
    }

    private object? Composite(Type type, SecretPath path)
    {
        TypeShape shape = TypeShape.Of(type);
        object?[] arguments = BindAll(shape.Parameters, path);
        var properties = new List<(PropertyInfo Property, object? Value)>();
        foreach (Member member in shape.Properties)
        {
            object? value = BindMember(member, path, out bool isAbsent);
            if (!isAbsent)
            {
                properties.Add((member.Property!, value));
            }
        }

        if (!_problems.HasNone)
        {
            return null;
        }

        try
        {
            object made = shape.Constructor?.Invoke(arguments) ?? Activator.CreateInstance(type)!;
            foreach ((PropertyInfo property, object? value) in properties)
            {
                property.SetValue(made, value);
            }

            return made;
        }
        catch (TargetInvocationException failure)
        {
            // What the type throws may quote its arguments.
            _problems.Wrong(new SecretsFormatException(
                $"{_root.Path.Append(path)} cannot be made into {TextConverter.Describe(type)}: it threw {failure.InnerException?.GetType().FullName}."));
            return null;
        }
    }

    private object? Wrong(SecretValue value, Type type)
    {
        _problems.Wrong(value.NotA(type));
        return null;
    }

    private static object? Text(Type type, SecretValue value)
    {
        string text = value.Reveal();
        if (SimpleTypes.Contains(type))
        {
            return SimpleTypes.Parse(type, value.Kind, text);
        }

        return TypeShape.IsParsable(type)
            ? typeof(Binder).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [value.Kind, text])
            : null;
    }

    private static object? Parse<T>(SecretKind kind, string text)
        where T : IParsable<T> =>
        TextConverter.TryParse<T>(kind, text, out T? result) ? result : null;

    private static bool IsOneOf(Type type, Type[] definitions) => type.IsGenericType && Array.IndexOf(definitions, type.GetGenericTypeDefinition()) >= 0;

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
