import type { Command } from '../app/commands.svelte.ts';
import type { AppContext } from '../app/context.ts';
import { makeDocument } from '../app/new-document.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { TEXT_SIZES, type TextSize } from '../settings/setting-values.ts';
import { commandWords } from '../words/en/commands.ts';
import { LANGUAGES, type Language } from '../words/languages.ts';
import { currentLanguage } from '../words/words.ts';

/** What can be done on every page, and how a text is shown to oneself. */
export function appCommands(app: AppContext, settings: Settings, open: (what: 'keys' | 'settings') => void): Command[] {
  const { router } = app;
  return [
    {
      id: 'new-document',
      group: 'weft',
      label: () => commandWords.newDocument,
      run: () => void makeDocument(app),
    },
    {
      id: 'all-documents',
      group: 'weft',
      label: () => commandWords.allDocuments,
      also: () => commandWords.allDocumentsAlso,
      isAvailable: () => router.route.page !== 'home',
      run: () => router.navigate('/'),
    },
    {
      id: 'settings',
      group: 'weft',
      label: () => commandWords.settings,
      also: () => commandWords.settingsAlso,
      run: () => open('settings'),
    },
    {
      id: 'keys',
      group: 'weft',
      label: () => commandWords.keys,
      also: () => commandWords.keysAlso,
      run: () => open('keys'),
    },
    ...(Object.keys(LANGUAGES) as Language[]).map((language): Command => {
      return {
        id: `language-${language}`,
        group: 'weft',
        label: () => commandWords.showIn(LANGUAGES[language].name),
        also: () => commandWords.showInAlso,
        isAvailable: () => currentLanguage() !== language,
        run: () => settings.change({ language }),
      };
    }),
    ...viewCommands(settings, () => router.route.page === 'document'),
  ];
}

function viewCommands(settings: Settings, isDocument: () => boolean): Command[] {
  const sizes = Object.keys(TEXT_SIZES) as TextSize[];
  const sizeAt = (step: number): TextSize | undefined => sizes[sizes.indexOf(settings.values.textSize) + step];
  const resize = (id: string, step: number, label: () => string): Command => ({
    id,
    group: 'view',
    label,
    also: () => commandWords.textSizeAlso,
    isAvailable: () => isDocument() && sizeAt(step) !== undefined,
    run: () => settings.change({ textSize: sizeAt(step)! }),
  });
  const toggle = (
    id: string,
    name: 'hasLineNumbers' | 'isFocused' | 'checksSpelling',
    label: () => string,
  ): Command => ({
    id,
    group: 'view',
    label,
    isAvailable: isDocument,
    isOn: () => settings.values[name],
    run: () => settings.change({ [name]: !settings.values[name] }),
  });
  return [
    resize('larger-text', 1, () => commandWords.largerText),
    resize('smaller-text', -1, () => commandWords.smallerText),
    toggle('line-numbers', 'hasLineNumbers', () => commandWords.lineNumbers),
    toggle('focus-mode', 'isFocused', () => commandWords.focusMode),
    toggle('spelling', 'checksSpelling', () => commandWords.spelling),
  ];
}
