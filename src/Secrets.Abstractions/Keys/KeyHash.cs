using System.Runtime.InteropServices;

namespace Secrets.Keys;

/// <summary>Hashes a key four characters at a time. Keys that are the same but for case have the same hash.</summary>
internal static class KeyHash
{
    // Sets the bit that tells ASCII's cases apart. Other characters meet too, as "_" and DEL do: that costs a comparison, not a mistake.
    private const ulong CaseBits = 0x0020_0020_0020_0020;

    private const ulong NonAscii = 0xFF80_FF80_FF80_FF80;

    // Names come from stores that others can write to: no crafted set of names shares a hash in every process.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    public static int Of(ReadOnlySpan<char> key)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<char, ulong>(key);

        // The last word overlaps the one before it where the length is no multiple of four.
        ulong last = key.Length >= 4 ? MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(key[^4..])) : Short(key);
        ulong hash = Seed ^ (uint)key.Length, all = last;
        foreach (ulong word in words)
        {
            all |= word;
            hash = Mix(hash, word | CaseBits);
        }

        return (all & NonAscii) == 0 ? (int)(Mix(hash, last | CaseBits) >> 32) : string.GetHashCode(key, StringComparison.OrdinalIgnoreCase);
    }

    private static ulong Short(ReadOnlySpan<char> key)
    {
        ulong word = 0;
        foreach (char c in key)
        {
            word = (word << 16) | c;
        }

        return word;
    }

    // Both halves of the product count, so that a difference in any bit of a word reaches every bit of the hash.
    private static ulong Mix(ulong hash, ulong word)
    {
        ulong high = Math.BigMul(hash ^ word, 0x9E37_79B9_7F4A_7C15, out ulong low);
        return high ^ low;
    }
}
