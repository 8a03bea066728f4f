# Sourced: puts a .NET SDK that this repository accepts on the PATH, installing one into ./.dotnet when there is none.
# Expects $here to be the repository.

say() { printf '%s\n' "$*" >&2; }

has_sdk() { (cd "$here" && "$1" --version >/dev/null 2>&1); }

install_sdk() {
  local script=$here/.dotnet/dotnet-install.sh
  say "No .NET 10 SDK found: installing one into .dotnet (about 250 MB, once)."
  mkdir -p "$here/.dotnet"
  if ! curl -fsSL --retry 3 https://dot.net/v1/dotnet-install.sh -o "$script"; then
    say "error: cannot download https://dot.net/v1/dotnet-install.sh. Install the .NET 10 SDK yourself (https://dotnet.microsoft.com/download) and try again."
    return 1
  fi
  if ! bash "$script" --channel 10.0 --install-dir "$here/.dotnet" --no-path >&2; then
    say "error: the .NET SDK could not be installed; see the lines above."
    return 1
  fi
  if ! has_sdk "$here/.dotnet/dotnet"; then
    say "error: the .NET SDK was installed into .dotnet, but does not work there. Remove that folder, or install the .NET 10 SDK yourself (https://dotnet.microsoft.com/download), and try again."
    return 1
  fi
}

use_dotnet() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
  # Without a home folder every dotnet command fails, which would look as if there were no SDK.
  [[ -d ${HOME:-} && -w $HOME ]] || export DOTNET_CLI_HOME=$here/artifacts/home
  if command -v dotnet >/dev/null 2>&1 && has_sdk dotnet; then return 0; fi
  if [[ ! -x $here/.dotnet/dotnet ]] || ! has_sdk "$here/.dotnet/dotnet"; then install_sdk || return 1; fi
  export DOTNET_ROOT=$here/.dotnet PATH=$here/.dotnet:$PATH
}
