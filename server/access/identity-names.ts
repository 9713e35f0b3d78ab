/** Words for the names of guests. All are kind, short, and fit before or after any of the other list. */
export const ADJECTIVES = words(`
  Amber Bold Brave Bright Calm Cheerful Clever Cosy Curious Daring Eager Fair Fleet Gentle Glad Golden Happy Honest Humble
  Jolly Keen Kind Lively Lucky Mellow Merry Mindful Nimble Noble Patient Playful Proud Quick Quiet Silver Smart Steady Sunny
  Swift Tender Warm Wise`);

export const ANIMALS = words(`
  Badger Bear Beaver Bison Crane Deer Dolphin Eagle Falcon Ferret Finch Fox Gecko Hare Heron Ibis Jay Kestrel Koala Lark Lemur
  Lynx Magpie Marten Moose Narwhal Newt Orca Otter Owl Panda Pelican Penguin Puffin Raven Robin Seal Sparrow Stork Swan Tapir
  Tiger Turtle Whale Wren Yak`);

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
