import type { Component } from 'svelte';
import Avatars from './AvatarsItem.svelte';
import Badges from './BadgesItem.svelte';
import Bands from './BandsItem.svelte';
import BarItem from './BarItem.svelte';
import Buttons from './ButtonsItem.svelte';
import Confirms from './ConfirmsItem.svelte';
import Dialogs from './DialogsItem.svelte';
import EmptyNotes from './EmptyNotesItem.svelte';
import Icons from './IconsItem.svelte';
import ListRows from './ListRowsItem.svelte';
import MarginCards from './MarginCardsItem.svelte';
import Menus from './MenusItem.svelte';
import PhoneRowItem from './PhoneRowItem.svelte';
import Popovers from './PopoversItem.svelte';
import SegmentedItem from './SegmentedItem.svelte';
import Sheets from './SheetsItem.svelte';
import SidePanelItem from './SidePanelItem.svelte';
import Skeletons from './SkeletonsItem.svelte';
import Switches from './SwitchesItem.svelte';
import TabsItem from './TabsItem.svelte';
import Toasts from './ToastsItem.svelte';

interface Item {
  readonly title: string;
  readonly page: Component;
  /** A part that has the whole width of the window: nothing of the gallery stands beside it. */
  readonly isFrame?: true;
}

/** The pages of the gallery, by the name in their address. */
export const ITEMS: Readonly<Record<string, Item>> = {
  avatars: { title: 'Avatars', page: Avatars },
  badges: { title: 'Badges', page: Badges },
  bands: { title: 'Bands', page: Bands },
  bar: { title: 'Bar', page: BarItem, isFrame: true },
  buttons: { title: 'Buttons and fields', page: Buttons },
  confirms: { title: 'Questions', page: Confirms },
  dialogs: { title: 'Dialogs', page: Dialogs },
  empty: { title: 'Empty notes', page: EmptyNotes },
  icons: { title: 'Icons', page: Icons },
  rows: { title: 'List rows', page: ListRows },
  margin: { title: 'Margin cards', page: MarginCards },
  menus: { title: 'Menus', page: Menus },
  popovers: { title: 'Popovers', page: Popovers },
  row: { title: 'Row of phones', page: PhoneRowItem },
  segmented: { title: 'Segmented', page: SegmentedItem },
  sheets: { title: 'Sheets', page: Sheets },
  panel: { title: 'Side panel', page: SidePanelItem, isFrame: true },
  skeletons: { title: 'Skeletons', page: Skeletons },
  switches: { title: 'Switches', page: Switches },
  tabs: { title: 'Tabs', page: TabsItem },
  toasts: { title: 'Toasts', page: Toasts },
};
