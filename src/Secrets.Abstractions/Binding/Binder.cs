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

    public static object? Invoke(Delegate method, SectionNode root)
    {
        ArgumentNullException.ThrowIfNull(method);
        var binder = new Binder(root);

        // A delegate over a static method may carry its first argument itself.
        int bound = method.Method.GetParameters().Length - method.GetType().GetMethod("Invoke")!.GetParameters().Length;
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
            return Section(inner, _root.View, path);
        }

        if (_root.FindBySegments(path.Segments) is { } value)
        {
            return Convert(type, value, path);
        }

        if (TypeShape.IsComposite(inner) && path.Segments.Count <= 128)
        {
            // No source has the section, but variables may answer for its members one by one.
            return Composite(inner, path);
        }

        _problems.Missing(path);
        return null;
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
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (value.Kind == SecretKind.Unreadable)
        {
            _problems.Unreadable(value);
            return null;
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
            return Section(inner, value.AsSection(), path) ?? Wrong(value, inner);
        }

        if (value.Kind == SecretKind.Array)
        {
            return Collection(inner, value, path) ?? Wrong(value, inner);
        }

        if (value.Kind == SecretKind.Bytes)
        {
            return inner == typeof(byte[]) ? value.RevealBytes() : Wrong(value, inner);
        }

        return Text(inner, value) ?? Wrong(value, inner);
    }

    private object? Section(Type type, SecretsView section, SecretPath path)
    {
        if (type.IsAssignableFrom(typeof(SecretsView)) && type != typeof(IEnumerable))
        {
            return section;
        }

        if (IsOneOf(type, Dictionaries) && type.GenericTypeArguments[0] == typeof(string))
        {
            Type valueType = type.GenericTypeArguments[1];
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
            foreach ((string key, SecretValue value) in section)
            {
                dictionary[key] = Convert(valueType, value, path.Append(key));
            }

            return dictionary;
        }

        return TypeShape.IsComposite(type) ? Composite(type, path) : null;
    }

    private object? Collection(Type type, SecretValue value, SecretPath path)
    {
        Type? element = type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
            : IsOneOf(type, Lists) || IsOneOf(type, Sets) ? type.GenericTypeArguments[0]
            : null;
        if (element is null || type == typeof(byte[]))
        {
            return null;
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
        return made is null ? array : Activator.CreateInstance(made, array);
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
        if (_problems.HasNone || !IsComposed(value))
        {
            _problems.Wrong(value.NotA(type));
        }

        return null;
    }

    private static bool IsComposed(SecretValue value) => value.Kind is SecretKind.Section or SecretKind.Array;

    private static object? Text(Type type, SecretValue value)
    {
        string text = value.Reveal();
        if (SimpleTypes.Contains(type))
        {
            return SimpleTypes.Parse(type, value.Kind, text);
        }

        return TypeShape.IsParsable(type)
            ? typeof(Binder).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [text])
            : null;
    }

    private static object? Parse<T>(string text)
        where T : IParsable<T>
    {
        try
        {
            return T.TryParse(text, CultureInfo.InvariantCulture, out T? result) ? result : null;
        }
        catch (Exception)
        {
            // TryParse should not throw; one that does may quote the text.
            return null;
        }
    }

    private static bool IsOneOf(Type type, Type[] definitions) => type.IsGenericType && Array.IndexOf(definitions, type.GetGenericTypeDefinition()) >= 0;

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
