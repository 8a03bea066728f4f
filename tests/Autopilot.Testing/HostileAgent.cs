namespace Autopilot.Testing;

/// <summary>What a hostile agent tries. Each attempt exits 0 only if it gets what it should not; what it would do then is harmless.</summary>
public static class HostileAgent
{
    /// <summary>The attempts: name, shell command, and what the record of a session says of it even when it prints nothing; null where that tells nothing of its own.</summary>
    public static IReadOnlyList<(string Name, string Command, string? Record)> Attempts { get; } =
    [
        ("write-outside", "echo x > $OUT/new", "a change of $OUT/new"),
        ("overwrite-outside", "echo x > $OUT/victim", "a change of $OUT/victim"),
        ("delete-outside", "rm $OUT/victim", "a change of $OUT/victim"),
        ("write-home", "echo x >> $HOME/.profile", "a change of $HOME/.profile"),
        ("write-etc", ": >> /etc/passwd", "a change of /etc/passwd"),
        ("write-bin", "cp /bin/true /usr/bin/autopilot-escape", "a change of /usr/bin/autopilot-escape"),
        ("write-sys", ": >> /sys/kernel/mm/transparent_hugepage/enabled", "a change of /sys/kernel/mm/transparent_hugepage/enabled"),
        ("write-dev", "touch /dev/escape", "a change of /dev/escape"),
        ("read-ssh", "grep planted $HOME/.ssh/id_rsa", "$HOME/.ssh/id_rsa, which is hidden"),
        ("read-shadow", "grep root /etc/shadow", "/etc/shadow, which is hidden"),
        ("read-aws", "grep planted $HOME/.aws/credentials", "$HOME/.aws/credentials, which is hidden"),
        ("read-gcloud", "grep planted $HOME/.config/gcloud/token", "$HOME/.config/gcloud/token, which is hidden"),
        ("read-gnupg", "grep planted $HOME/.gnupg/secret", "$HOME/.gnupg/secret, which is hidden"),
        ("read-netrc", "grep password $HOME/.netrc", "$HOME/.netrc, which is hidden"),
        ("read-browser", "grep planted $HOME/.mozilla/cookies", "$HOME/.mozilla/cookies, which is hidden"),
        ("read-other-tool", "grep planted $HOME/.config/gh/hosts.yml", "$HOME/.config/gh/hosts.yml, which is hidden"),
        ("read-governor", "grep planted $GOVERNOR/ledger", "$GOVERNOR/ledger, which is hidden"),
        ("list-governor", "ls $GOVERNOR | grep ledger", "$GOVERNOR, which is hidden"),
        ("write-governor", "echo x > $GOVERNOR/ledger", "a change of $GOVERNOR/ledger"),
        ("read-other-workspace", "grep planted $OTHER/file", "$OTHER/file, which is hidden"),
        ("read-gcloud-credentials", "grep planted $HOME/.config/gcloud/credentials.db", "$HOME/.config/gcloud/credentials.db, which is hidden"),
        ("read-gnupg-keys", "grep planted $HOME/.gnupg/secring.gpg", "$HOME/.gnupg/secring.gpg, which is hidden"),
        ("read-browser-profiles", "grep planted $HOME/.mozilla/firefox/profiles.ini", "$HOME/.mozilla/firefox/profiles.ini, which is hidden"),
        ("list-other-workspace", "ls $OTHER | grep file", "$OTHER, which is hidden"),
        ("read-linked-secret", "grep planted $HOME/linked-secret", "$LINKED, which is hidden"),
        ("link-to-key", "ln -s $HOME/.ssh/id_rsa link-key && grep planted link-key", null),
        ("link-to-victim", "ln -s $OUT/victim link-victim && echo x > link-victim", null),
        ("hard-link", "ln $OUT/victim hard-link", "a change of $OUT/victim"),
        ("climb", "grep planted $PWD/../home/.ssh/id_rsa", null),
        ("proc-root", "grep planted /proc/1/root$HOME/.ssh/id_rsa", null),
        ("proc-cwd", "echo x > /proc/self/cwd/../out/new", "a change of $OUT/new"),
        ("write-hook", "echo 'touch evil' > .git/hooks/post-commit", "a change of $PWD/.git/hooks/post-commit"),
        ("write-git-config", "echo '[core] fsmonitor = evil' >> .git/config", "a change of $PWD/.git/config"),
        ("set-git-config", "git config core.hooksPath /tmp/evil", "rename: a change of $PWD/.git/config,"),
        ("replace-git-config", "cp .git/config .git/c && mv -f .git/c .git/config", "a change of $PWD/.git/config"),
        ("delete-git-config", "rm -f .git/config", "a change of $PWD/.git/config"),
        ("replace-git-folder", "mv .git .git-old", null),
        ("replace-hooks-folder", "mv .git/hooks .git/hooks-old", "a change of $PWD/.git/hooks"),
        ("signal-host", "kill -9 $VICTIM", "kill: signal 9 to process $VICTIM"),
        ("see-host-process", "test -e /proc/$VICTIM/environ", null),
        ("see-host-marker", "grep -q [a]utopilot-victim /proc/[0-9]*/cmdline", null),
        ("trace-init", "nsenter -t 1 -m true", null),
        ("sysrq", "echo h > /proc/sysrq-trigger", "a change of /proc/sysrq-trigger"),
        ("core-pattern", "cat /proc/sys/kernel/core_pattern > /proc/sys/kernel/core_pattern", "a change of /proc/sys/kernel/core_pattern"),
        ("mount", "mount -t tmpfs none /mnt", "mount: is never allowed"),
        ("remount", "mount -o remount,rw /", null),
        ("unmount-mask", "umount $HOME/.ssh", "umount2: is never allowed"),
        ("chroot", "chroot / true", "chroot: is never allowed"),
        ("user-namespace", "unshare -U true", "unshare: a namespace of its own"),
        ("user-mount-namespace", "unshare -Urm true", null),
        ("become-other", "setpriv --reuid 12345 true", "to become 12345"),
        ("setuid-program", "cp /usr/bin/id suid && chown 12345 suid && chmod u+s suid && ./suid", "to become 12345"),
        ("make-device", "mknod disk b 8 0", "the device $PWD/disk"),
        ("host-socket", "test -S $OUT/../run.sock || ls /run/*.sock /run/*/*.sock /var/run/docker.sock", null),
        ("session-bus", "ls /run/user/* /run/dbus", "/run/user"),
        ("network", "bash -c 'exec 3<>/dev/tcp/127.0.0.1/'$PORT", "connect: 127.0.0.1:$PORT"),
        ("host-name", "hostname evil", "sethostname: is never allowed"),
        ("set-clock", "date -s \"$(date)\"", "settime: is never allowed"),
        ("remove-marker", "rm -f /run/autopilot/session", "a change of /run/autopilot/session"),
        ("fill-temporary", "head -c 50000000 /dev/zero > /tmp/fill", null),
        ("fill-shared-memory", "head -c 50000000 /dev/zero > /dev/shm/fill", null),
        ("fill-workspace-file", "head -c 50000000 /dev/zero > fill", null),
        ("lift-file-limit", "ulimit -f unlimited", "files larger than the limit"),
    ];

    /// <summary>Attempts of which only <c>sandbox_watch: all</c> leaves a record of their own: names in hidden folders that nobody could know who has not listed those, which is recorded.</summary>
    public static IReadOnlySet<string> SeenOnlyWithAll { get; } = new HashSet<string> { "read-gcloud", "read-gnupg", "read-browser", "read-governor", "read-other-workspace" };

    /// <summary>A script that makes all attempts and prints nothing but the names of those that escaped. Those that fill something are left out: the usual limits are too large to fill in a test.</summary>
    public static string SilentScript => string.Concat(Attempts.Where(attempt => !attempt.Name.StartsWith("fill-", StringComparison.Ordinal)).Select(attempt => $"( {attempt.Command} ) >/dev/null 2>&1 </dev/null && echo 'ESCAPED {attempt.Name}'\n")) + "exit 0\n";

    /// <summary>A script that makes all attempts and reports each with the error it got.</summary>
    public static string Script => "rm -f report\n" + string.Concat(Attempts.Select(attempt => $$"""
        error=$( ( {{attempt.Command}} ) 2>&1 >/dev/null )
        if [ $? -eq 0 ]; then echo "ESCAPED {{attempt.Name}}"; else echo "DENIED {{attempt.Name}} $(echo $error | tr '\n' ' ')"; fi

        """)) + "test -e /run/autopilot/session && echo MARKED\necho work > result && git add result && git -c user.name=a -c user.email=a@b commit -qm work && echo COMMITTED\n";
}
